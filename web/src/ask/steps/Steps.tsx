/** The four steps of a path; pressing one opens it in every lane. */
import type { PathTrace } from '../../api/types';
import { t } from '../../i18n';
import type { ContrastView } from '../../maths/contrast';
import { stepsOf } from '../../paths/paths';
import { openStep } from '../../state/focus';
import { STEP_NAMES } from './formulas';
import { STEPS } from './kinds';

interface Props {
  readonly view: ContrastView;
  readonly path: PathTrace;
}

export function Steps({ view, path }: Props) {
  const kind = stepsOf(path.path);
  if (kind === null) {
    return <div class="steps" />;
  }
  return (
    <div class="steps" role="group" aria-label={t('step.label')}>
      {STEP_NAMES.map((name, index) => {
        const step = index + 1;
        const value = STEPS[kind][name].headline(view, path);
        return (
          <button
            key={name}
            type="button"
            class={value === null ? 'step' : 'step reached'}
            aria-expanded={openStep.value === step}
            onClick={() => {
              openStep.value = openStep.value === step ? 0 : step;
            }}
          >
            <span class="step-number">{step}</span>
            <span class="step-name">{t(`step.${name}`)}</span>
            <span class="step-value">{value ?? ' '}</span>
          </button>
        );
      })}
    </div>
  );
}
