/** Leads from a step of a lane to the same step of the two look-ups, for the word that is pinned. */
import type { PathTrace } from '../../api/types';
import { t } from '../../i18n';
import type { ContrastView } from '../../maths/contrast';
import { mostReading } from '../../maths/mass';
import { pinned } from '../../state/focus';
import { laboratoryFor, lookUp, recall } from '../../state/laboratory';
import type { StepName } from '../formulas/formulas';

interface Props {
  readonly view: ContrastView;
  readonly path: PathTrace;
  readonly step: StepName;
}

export function LookInsideLink({ view, path, step }: Props) {
  if (!path.tokens.some(({ mass }) => mass.length > 0)) {
    return null;
  }
  return (
    <button
      type="button"
      class="link"
      onClick={() => {
        show(view, path);
        const place = document.getElementById(`look-${step}`);
        place?.scrollIntoView({ block: 'start' });
        place?.focus({ preventScroll: true });
      }}
    >
      {t('step.inside')}
    </button>
  );
}

/** Shows the word's look-up, unless it is shown already. */
function show(view: ContrastView, path: PathTrace): void {
  const pin = pinned.value;
  const token = pin?.path === path.path ? ([...pin.tokens][0] ?? null) : null;
  const now = lookUp.value;
  const there = now !== null && now.state !== 'failed' && now.wanted.path === path.path;
  if (there && (token === null || now.wanted.token === token)) {
    return;
  }
  const word = token ?? mostReading(path);
  const lab = laboratoryFor(view);
  if (lab === null) {
    recall({ path: path.path, token: word, head: null });
  } else {
    lab.lookInside(path.path, word);
  }
}
