/** The four steps of a path; pressing one opens it in every lane. */
import type { PathTrace } from '../../api/types';
import { fixed, number, t } from '../../i18n';
import type { ContrastView } from '../../maths/contrast';
import { openStep } from '../../state/focus';

interface Props {
  readonly view: ContrastView;
  readonly path: PathTrace;
}

export const STEPS = [1, 2, 3, 4] as const;
export type Step = (typeof STEPS)[number];

export function Steps({ view, path }: Props) {
  return (
    <div class="steps" role="group" aria-label={t('step.label')}>
      {STEPS.map((step) => {
        const value = headline(view, path, step);
        return (
          <button
            key={step}
            type="button"
            class={value === null ? 'step' : 'step reached'}
            aria-expanded={openStep.value === step}
            onClick={() => {
              openStep.value = openStep.value === step ? 0 : step;
            }}
          >
            <span class="step-number">{step}</span>
            <span class="step-name">{t(`step.${step}`)}</span>
            <span class="step-value">{value ?? ' '}</span>
          </button>
        );
      })}
    </div>
  );
}

/** The one number of a step that says it happened; null before it did. */
function headline(view: ContrastView, path: PathTrace, step: Step): string | null {
  const { prompt } = path;
  if (path.path === 'rag') {
    const best = view.hits[0]?.retrieved;
    switch (step) {
      case 1:
        return view.trace.encoder === null ? null : `${view.trace.encoder.dimensions}-d`;
      case 2:
        return best === undefined || best === null
          ? null
          : `≤ ${fixed(best.dense ?? best.score, 2)}`;
      case 3:
        return prompt === null ? null : `${inPrompt(path)} / ${view.hits.length}`;
      case 4:
        return prompt === null ? null : t('step.tokens', { n: number(passageTokens(path)) });
    }
  }
  const begun = path.tokens.length > 0;
  switch (step) {
    case 1:
      return begun ? `${number(path.tokens.length)} × q` : null;
    case 2:
      return prompt === null || !begun ? null : `${number(prompt.tokens)} k`;
    case 3:
      return begun ? 'softmax' : null;
    case 4:
      return begun ? 'Σ A·v' : null;
  }
}

function inPrompt(path: PathTrace): number {
  return path.passages.filter((passage) => passage.inPrompt !== null).length;
}

function passageTokens(path: PathTrace): number {
  return path.passages.reduce((sum, passage) => sum + (passage.inPrompt?.tokens ?? 0), 0);
}
