/** What can be done with a contrast: replay, ask again, share, begin anew. */
import { useState } from 'preact/hooks';
import { wordsFor } from '../api/words';
import { exportPage } from '../export/exportPage';
import { exportTrace } from '../export/exportTrace';
import { type Key, t } from '../i18n';
import { mainOf } from '../maths/beside';
import type { ContrastView } from '../maths/contrast';
import { Icon, type IconName } from '../shell/Icon';
import { Popover } from '../shell/Popover';
import { go } from '../state/route';
import { askAgain } from '../state/askAgain';
import { leave, running } from '../state/run';
import { obstacleTo, targetOf } from '../state/target';
import { Compare } from './Compare';
import { EditQuestion } from './EditQuestion';

export function ContrastActions({ view }: { readonly view: ContrastView }) {
  const stored = view.trace.status !== 'running';
  return (
    <>
      {view.origin !== 'example' && (
        <button
          type="button"
          disabled={running.value || obstacleTo(targetOf(view.trace)) !== null}
          onClick={() => {
            regenerate(view);
          }}
        >
          <Icon name="again" />
          {t('ask.again')}
        </button>
      )}
      {view.origin !== 'example' && stored && <Compare view={view} />}
      {view.origin !== 'example' && stored && <EditQuestion view={view} />}
      {stored && <Share view={view} />}
      {view.origin !== 'example' && (
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
      )}
    </>
  );
}

function Share({ view }: { readonly view: ContrastView }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const choice = (icon: IconName, name: 'page' | 'data', save: () => void) => (
    <button type="button" class="share-choice" disabled={busy} onClick={save}>
      <Icon name={icon} />
      <span>
        <strong>{t(`share.${name}` satisfies Key)}</strong>
        <small>{t(`share.${name}.about` satisfies Key)}</small>
      </span>
    </button>
  );
  return (
    <Popover
      name={t('share.title')}
      class="share"
      label={
        <>
          <Icon name="download" />
          {t('share.title')}
        </>
      }
    >
      {choice('file', 'page', () => {
        setBusy(true);
        setProblem(null);
        exportPage(view)
          .catch((caught: unknown) => {
            setProblem(wordsFor(caught));
          })
          .finally(() => {
            setBusy(false);
          });
      })}
      {choice('download', 'data', () => {
        exportTrace(mainOf(view), view.beside);
      })}
      {busy && (
        <p class="quiet" role="status">
          {t('share.busy')}
        </p>
      )}
      {problem !== null && (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      )}
    </Popover>
  );
}

/** Asks the same again; where tokens are drawn by chance, with the next seed. */
function regenerate(view: ContrastView): void {
  const { id, conversation, question } = view.trace;
  askAgain(view, question, conversation === id ? null : conversation, (target) => {
    const { temperature = 0, seed = 0 } = target.wishes;
    return temperature > 0 ? { ...target, wishes: { ...target.wishes, seed: seed + 1 } } : target;
  });
}
