/** Step 4: the text put into the prompt beside the weighted sum of values. */
import type { PathTrace } from '../../api/types';
import { number, percent, t } from '../../i18n';
import { sharesOf } from '../../maths/mass';
import { chosenTokens } from '../../state/focus';
import { ColouredPrompt } from './ColouredPrompt';
import type { StepProps } from './stepProps';

/** The prompt with what was put into it. */
export function PromptText(props: StepProps) {
  return <Content {...props} summed={false} />;
}

/** The same, and where the summed values came from. */
export function WeightedSum(props: StepProps) {
  return <Content {...props} summed />;
}

function Content({ path, marks, summed }: StepProps & { readonly summed: boolean }) {
  const { prompt } = path;
  if (prompt === null) {
    return <p class="quiet">{t('step.none')}</p>;
  }
  const used = path.passages.reduce((sum, { inPrompt }) => sum + (inPrompt?.tokens ?? 0), 0);
  return (
    <>
      <dl class="facts-list">
        {prompt.budget > 0 && (
          <div>
            <dt>{t('step.budget')}</dt>
            <dd>
              {t('step.budget.value', { used: number(used), budget: number(prompt.budget) })}
              {prompt.left > 0 &&
                `; ${t('step.left', { n: prompt.left, budget: number(prompt.budget) })}`}
            </dd>
          </div>
        )}
        {summed && path.tokens.length > 0 && <Sources path={path} />}
      </dl>
      <p class="label">{t('step.prompt')}</p>
      <pre class="prompt-text" tabIndex={0}>
        <ColouredPrompt path={path} marks={marks} />
      </pre>
    </>
  );
}

const KINDS = ['passage', 'question', 'answer', 'instruction', 'template', 'sink'] as const;

/** Where the summed values came from. */
function Sources({ path }: { readonly path: PathTrace }) {
  const { slices } = sharesOf(path, chosenTokens(path.path).value, false);
  const masses = KINDS.map((kind) => ({
    kind,
    mass: slices.filter((slice) => slice.kind === kind).reduce((sum, s) => sum + s.mass, 0),
  })).filter(({ mass }) => mass > 0);
  return (
    <div>
      <dt>{t('step.weight')}</dt>
      <dd>{masses.map(({ kind, mass }) => `${t(`kind.${kind}`)} ${percent(mass)}`).join(' · ')}</dd>
    </div>
  );
}
