/** Takes files that are dropped on the composer into the chosen collection, and says what became of them. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { wordsFor } from '../../api/words';
import { number, t } from '../../i18n';
import { Icon } from '../../shell/Icon';
import * as draft from '../../state/draft';
import { jobs, sending, upload } from '../../state/uploads';

/** Where files go while there is no collection. */
const FIRST_COLLECTION = 'documents';

interface Props {
  readonly children: ComponentChildren;
}

export function DroppedFiles({ children }: Props) {
  const [over, setOver] = useState(false);
  const [into, setInto] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <div
      class={over ? 'droppable over' : 'droppable'}
      onDragOver={(event) => {
        if (event.dataTransfer?.types.includes('Files') === true) {
          event.preventDefault();
          setOver(true);
        }
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        const files = [...(event.dataTransfer?.files ?? [])];
        setOver(false);
        if (files.length > 0) {
          event.preventDefault();
          const name = draft.collectionName.value ?? FIRST_COLLECTION;
          setInto(name);
          setProblem(null);
          upload(name, files).catch((caught: unknown) => {
            setProblem(wordsFor(caught));
          });
        }
      }}
    >
      {children}
      {problem !== null ? (
        <p class="notice bad" role="alert">
          <Icon name="warn" />
          <span>{problem}</span>
        </p>
      ) : (
        into !== null && <Taken collection={into} />
      )}
    </div>
  );
}

/** How far the last upload into a collection is, and which of its files could not be read. */
function Taken({ collection }: { readonly collection: string }) {
  const job =
    sending.value > 0 ? undefined : jobs.value.find((one) => one.collection === collection);
  const failed = job?.files.filter(({ state }) => state === 'failed') ?? [];
  const text =
    job === undefined
      ? t('library.job.sending')
      : job.finished
        ? t('library.job.done', { n: number(job.passagesDone) })
        : t('library.job.files', {
            done: job.files.filter(({ state }) => state === 'done' || state === 'failed').length,
            total: job.files.length,
          });
  return (
    <div class="taken" role="status">
      <p>
        <Icon name={job?.finished === true ? 'check' : 'file'} />
        {t('ask.dropped', { collection })} · {text}
        {job?.finished !== true && <progress aria-label={text} />}
      </p>
      {failed.map(({ name, error }) => (
        <p key={name} class="file-error">
          {name}: {error}
        </p>
      ))}
    </div>
  );
}
