/** An open step: one sentence, one formula, and the numbers that exist. */
import { t } from '../../i18n';
import { stepsOf } from '../../paths/paths';
import { openStep } from '../../state/focus';
import { Formula } from '../formulas/Formula';
import { STEP_NAMES } from '../formulas/formulas';
import { STEPS } from './kinds';
import { LookInsideLink } from './LookInsideLink';
import { panelOf } from './panelOf';
import type { StepProps } from './stepProps';

export function StepPanel(props: StepProps) {
  const name = STEP_NAMES[openStep.value - 1];
  const kind = stepsOf(props.path.path);
  if (name === undefined || kind === null) {
    return <div class="step-panel closed" />;
  }
  const { formula, Numbers } = STEPS[kind][name];
  return (
    <div class="step-panel" id={panelOf(props.path.path)}>
      <p>{t(`step.${name}.${kind}`)}</p>
      <Formula lines={formula} />
      <Numbers {...props} />
      {kind !== 'alone' && <LookInsideLink view={props.view} path={props.path} step={name} />}
    </div>
  );
}
