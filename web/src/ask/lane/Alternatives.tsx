/** What can be read instead where a scope did not fit; one click asks the same again that way. */
import type { PathTrace } from '../../api/types';
import { t } from '../../i18n';
import type { ContrastView } from '../../maths/contrast';
import { type Alternative, alternativesTo } from '../../state/alternatives';
import { laboratoryFor } from '../../state/laboratory';
import { askAgain } from '../../state/askAgain';
import { running } from '../../state/run';
import { obstacleTo, targetOf } from '../../state/target';

interface Props {
  readonly view: ContrastView;
  readonly path: PathTrace;
}

export function Alternatives({ view, path }: Props) {
  const { trace } = view;
  const alternatives = alternativesTo(path, trace.scope);
  // An example and an exported page have nobody to ask.
  if (alternatives.length === 0 || laboratoryFor(view) === null) {
    return null;
  }
  const off = running.value || obstacleTo(targetOf(trace)) !== null;
  return (
    <p class="instead">
      <span class="label">{t('lane.instead')}</span>
      {alternatives.map((alternative) => (
        <button
          key={wordsOf(alternative)}
          type="button"
          class="chip"
          disabled={off}
          onClick={() => {
            askInstead(view, alternative);
          }}
        >
          {wordsOf(alternative)}
        </button>
      ))}
    </p>
  );
}

function wordsOf(alternative: Alternative): string {
  return alternative.kind === 'part'
    ? alternative.name
    : t(`lane.instead.${alternative.selection}`);
}

/** Asks the same question over something else, in the same conversation. */
function askInstead(view: ContrastView, alternative: Alternative): void {
  const { trace } = view;
  const conversation = trace.conversation === trace.id ? null : trace.conversation;
  askAgain(view, trace.question, conversation, (target) =>
    alternative.kind === 'part'
      ? { ...target, scope: [alternative.selector] }
      : { ...target, selection: alternative.selection },
  );
  scrollTo({ top: 0 });
}
