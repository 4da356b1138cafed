/** What is being taken in or encoded anew, and what became of it. */
import { useState } from 'preact/hooks';
import type { FileStatus, Job } from '../api/types';
import { wordsFor } from '../api/words';
import { fixed, number, t } from '../i18n';
import { Failure } from '../shell/Failure';
import { Icon } from '../shell/Icon';
import { AskThese } from './AskThese';
import { cancel, jobs, sending } from '../state/uploads';

/** Finished jobs that stay in sight. */
const KEPT = 3;

interface Props {
  readonly collection: string;
  /** How many the collection has. */
  readonly passages: number;
}

export function Jobs({ collection, passages }: Props) {
  const own = jobs.value.filter((job) => job.collection === collection);
  const shown = [
    ...own.filter(({ finished }) => !finished),
    ...own.filter(({ finished }) => finished).slice(0, KEPT),
  ];
  if (shown.length === 0 && sending.value === 0) {
    return null;
  }
  return (
    <section class="jobs" aria-label={t('library.jobs')}>
      <h3 class="label">{t('library.jobs')}</h3>
      {sending.value > 0 && (
        <p class="job-line">
          {t('library.job.sending')}… <progress aria-label={t('library.job.sending')} />
        </p>
      )}
      {shown.map((job) => (
        <JobCard key={job.id} job={job} passages={passages} />
      ))}
    </section>
  );
}

function JobCard({ job, passages }: { readonly job: Job; readonly passages: number }) {
  const [problem, setProblem] = useState<string | null>(null);
  const over = job.files.filter(({ state }) => state === 'done' || state === 'failed').length;
  const whole = job.encodes || job.remembers;
  const far = whole
    ? { done: job.passagesDone, total: Math.max(passages, job.passagesDone) }
    : { done: over, total: job.files.length };
  const words = whole
    ? t(job.encodes ? 'library.job.encodes' : 'library.job.remembers', {
        done: number(far.done),
        total: number(far.total),
      })
    : t('library.job.files', far);
  const stop = t(
    job.encodes
      ? 'library.job.cancel.encoding'
      : job.remembers
        ? 'library.job.cancel.remembering'
        : 'library.job.cancel',
  );
  return (
    <article class="job">
      <div class="job-line">
        <span>{words}</span>
        <span class="quiet">
          {job.finished
            ? t('library.job.done', { n: number(job.passagesDone) })
            : t('library.job.rate', {
                n: number(job.passagesDone),
                rate: fixed(job.passagesPerSecond, 1),
              })}
          {remaining(job, far)}
        </span>
        {job.waiting !== null && <span role="status">{t('library.job.waits')}</span>}
        {job.finished && job.passagesDone > 0 && <AskThese collection={job.collection} />}
        {!job.finished && (
          <>
            <progress value={far.done} max={far.total} aria-label={words} />
            <button
              type="button"
              class="plain"
              aria-label={stop}
              title={stop}
              onClick={() => {
                cancel(job.id).catch((caught: unknown) => {
                  setProblem(wordsFor(caught));
                });
              }}
            >
              <Icon name="close" />
            </button>
          </>
        )}
      </div>
      {problem !== null && !job.finished && <Failure text={problem} />}
      <Files job={job} />
    </article>
  );
}

/** The files; folded once all is read, unless one was not. */
function Files({ job }: { readonly job: Job }) {
  const files = (
    <ul>
      {job.files.map((file) => (
        <FileLine key={file.name} file={file} />
      ))}
    </ul>
  );
  return job.finished && job.files.every(({ state }) => state === 'done') ? (
    <details class="job-files">
      <summary>{t('library.job.names')}</summary>
      {files}
    </details>
  ) : (
    files
  );
}

function FileLine({ file }: { readonly file: FileStatus }) {
  return (
    <li class={`file ${file.state}`}>
      <Icon name={file.state === 'failed' ? 'warn' : file.state === 'done' ? 'check' : 'file'} />
      <span class="file-name">{file.name}</span>
      <span class="quiet">
        {file.state === 'done'
          ? t('file.done', { n: number(file.passages) })
          : t(`file.${file.state}`)}
      </span>
      {file.error !== null && <p class="file-error">{file.error}</p>}
      {file.notes.map((note) => (
        <p key={note} class="file-note quiet">
          {note}
        </p>
      ))}
    </li>
  );
}

/** A guess at the remaining time from what is done; nothing before the first of it. */
function remaining(job: Job, { done, total }: { done: number; total: number }): string {
  if (job.finished || done === 0 || done === total) {
    return '';
  }
  const spent = (Date.now() - Date.parse(job.createdAt)) / 1000;
  const seconds = Math.round((spent / done) * (total - done));
  const time = seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return ` · ${t('library.job.remaining', { time })}`;
}
