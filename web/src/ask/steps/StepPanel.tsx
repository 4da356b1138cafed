/** An open step: one sentence, one formula, and the numbers that exist. */
import type { PathTrace } from '../../api/types';
import { t, type Key } from '../../i18n';
import type { Mark } from '../../maths/marks';
import type { ContrastView } from '../../maths/contrast';
import { openStep } from '../../state/focus';
import { ContentStep } from './ContentStep';
import { FORMULAS, STEP_NAMES, type StepName } from './formulas';
import { QueryStep } from './QueryStep';
import { SelectionStep } from './SelectionStep';
import { SimilarityStep } from './SimilarityStep';

/** What every step is given. */
export interface StepProps {
  readonly view: ContrastView;
  readonly path: PathTrace;
  readonly marks: ReadonlyMap<number, Mark>;
}

export function StepPanel(props: StepProps) {
  const step = openStep.value;
  const name = STEP_NAMES[step - 1];
  if (name === undefined) {
    return <div class="step-panel closed" />;
  }
  const { path } = props.path;
  const sentence: Key = `step.${name}.${path === 'closed-book' ? 'closed' : path}`;
  return (
    <div class="step-panel">
      <p>{t(sentence)}</p>
      <p class="formula">{path === 'rag' ? FORMULAS.rag[name] : FORMULAS.attention[name]}</p>
      <Numbers {...props} name={name} />
    </div>
  );
}

function Numbers({ name, ...props }: StepProps & { readonly name: StepName }) {
  switch (name) {
    case 'query':
      return <QueryStep {...props} />;
    case 'similarity':
      return <SimilarityStep {...props} />;
    case 'selection':
      return <SelectionStep {...props} />;
    case 'content':
      return <ContentStep {...props} />;
  }
}
