/** The four steps of a path; pressing one opens it in every lane. */
import type { AnswerPath, PathTrace } from '../../api/types';
import { t } from '../../i18n';
import type { ContrastView } from '../../maths/contrast';
import { stepsOf } from '../../paths/paths';
import { openStep } from '../../state/focus';
import { STEP_NAMES } from '../formulas/formulas';
import { STEPS } from './kinds';
import { panelOf } from './panelOf';

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
            aria-controls={openStep.value === step ? panelOf(path.path) : undefined}
            onClick={() => {
              openStep.value = openStep.value === step ? 0 : step;
              bringPanel(path.path);
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

/** A long answer may have pushed the panel out of sight; no further than needed is scrolled. */
function bringPanel(path: AnswerPath): void {
  requestAnimationFrame(() => {
    document.getElementById(panelOf(path))?.firstElementChild?.scrollIntoView({ block: 'nearest' });
  });
}
