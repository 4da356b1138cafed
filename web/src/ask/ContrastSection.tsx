/** One question's contrast: what was asked, the lanes, and how the rankings agree. */
import { useState } from 'preact/hooks';
import type { AnswerPath, Trace } from '../api/types';
import { moment, percent, t } from '../i18n';
import { documentMass, evidenceOf } from '../maths/mass';
import { marksOf } from '../maths/marks';
import { Icon } from '../shell/Icon';
import type { ContrastView } from '../state/contrast';
import { excludeSink } from '../state/preferences';
import { go } from '../state/route';
import { ask, connection, earlier, leave, running } from '../state/run';
import { Agreement } from './Agreement';
import { exportTrace } from './exportTrace';
import { EarlierTurns } from './EarlierTurns';
import { Lane } from './Lane';
import { laneStatus } from './laneStatus';

export function ContrastSection({ view }: { readonly view: ContrastView }) {
  const { trace } = view;
  const marks = marksOf(trace, view.hits);
  const [tab, setTab] = useState<AnswerPath | null>(null);
  const shown = trace.paths.some(({ path }) => path === tab)
    ? tab
    : (trace.paths.find(({ path }) => path === 'rag')?.path ?? trace.paths[0]?.path ?? null);
  return (
    <section class="contrast" aria-label={trace.question}>
      {view.origin === 'example' && (
        <p class="ribbon">
          <strong>{t('ask.example')}</strong> {t('ask.example.about')}
        </p>
      )}
      <EarlierTurns traces={earlier.value} />
      <div class="contrast-head">
        <div>
          <h1>{trace.question}</h1>
          <Facts view={view} />
        </div>
        <Actions view={view} />
      </div>
      {connection.value === 'reconnecting' && (
        <p class="notice" role="status">
          <Icon name="again" />
          {t('lane.reconnecting')}
        </p>
      )}
      <div class="tabs" role="group" aria-label={t('path.label')}>
        {trace.paths.map((path) => (
          <button
            key={path.path}
            type="button"
            aria-pressed={path.path === shown}
            onClick={() => {
              setTab(path.path);
            }}
          >
            <strong>{t(`path.${path.path}`)}</strong>
            <span>{laneStatus(path, view.waiting[path.path], trace.status).text}</span>
            <span class="tab-mass">
              {path.prompt !== null && path.path !== 'closed-book' && path.tokens.length > 0
                ? `${t('passage.title')} ${percent(
                    documentMass(evidenceOf(path, new Set(), excludeSink.value)),
                  )}`
                : ' '}
            </span>
          </button>
        ))}
      </div>
      <div class={`lanes of-${trace.paths.length}`}>
        {trace.paths.map((path) => (
          <Lane key={path.path} view={view} path={path} marks={marks} shown={path.path === shown} />
        ))}
      </div>
      <Agreement trace={trace} marks={marks} />
    </section>
  );
}

function Facts({ view }: { readonly view: ContrastView }) {
  const { trace } = view;
  const scope =
    trace.scope.length === 0 ? t('ask.scope.all') : t('ask.scope.some', { n: trace.scope.length });
  return (
    <p class="facts">
      <span class={`status ${trace.status}`}>{t(`status.${trace.status}`)}</span>
      {trace.collection !== null && (
        <span title={trace.scope.join('\n')}>
          {trace.collection} · {scope}
        </span>
      )}
      <span title={trace.model.checksum}>
        {trace.model.name} · {trace.model.format}
      </span>
      <span>
        {trace.sampling.temperature === 0
          ? t('ask.sampling.greedy')
          : `${t('sampling.temperature')} ${trace.sampling.temperature} · ${t('sampling.seed')} ${trace.sampling.seed}`}
      </span>
      <span>{moment(trace.createdAt)}</span>
    </p>
  );
}

function Actions({ view }: { readonly view: ContrastView }) {
  if (view.origin === 'example') {
    return null;
  }
  return (
    <div class="actions">
      <button
        type="button"
        disabled={running.value}
        onClick={() => {
          regenerate(view.trace);
        }}
      >
        <Icon name="again" />
        {t('ask.again')}
      </button>
      <button
        type="button"
        onClick={() => {
          exportTrace(view.trace);
        }}
      >
        <Icon name="download" />
        {t('ask.export')}
      </button>
      <button
        type="button"
        onClick={() => {
          leave();
          go({ screen: 'ask' });
        }}
      >
        <Icon name="plus" />
        {t('ask.new')}
      </button>
    </div>
  );
}

/** Asks the same again; where tokens are drawn by chance, with the next seed. */
function regenerate(trace: Trace): void {
  const { sampling } = trace;
  const seed = sampling.temperature > 0 ? sampling.seed + 1 : sampling.seed;
  void ask({
    question: trace.question,
    paths: trace.paths.map(({ path }) => path),
    model: trace.model.name,
    sampling: { ...sampling, seed },
    ...(trace.collection === null ? {} : { collection: trace.collection, scope: trace.scope }),
    ...(trace.conversation === trace.id ? {} : { conversation: trace.conversation }),
  });
}
