/** Step 1 side by side: the question's vector, and the query of one word in one head. */
import type { PathTrace } from '../../api/types';
import { fixed, t } from '../../i18n';
import type { ContrastView } from '../../maths/contrast';
import type { Inside } from '../../maths/lookup';
import { laboratoryFor, type LookUp } from '../../state/laboratory';
import { Components } from '../steps/Components';

interface Props {
  readonly view: ContrastView;
  readonly path: PathTrace;
  readonly wanted: LookUp;
  readonly inside: Inside | null;
}

export function LookUpQueries({ view, path, wanted, inside }: Props) {
  const { questionVector, encoder, searched } = view.trace;
  const step = inside?.step ?? null;
  const word = path.tokens[wanted.token]?.text.trim() ?? '';
  return (
    <>
      <div class="look-query outside">
        {questionVector === null || encoder === null ? (
          <p class="quiet">{t('step.none')}</p>
        ) : (
          <>
            <p>
              “{searched}” · {encoder.name} · {t('step.dimensions', { n: encoder.dimensions })} ·{' '}
              {t('step.norm')} {fixed(questionVector.norm, 2)}
            </p>
            <Components first={questionVector.first} />
          </>
        )}
      </div>
      <div class="look-query inside">
        {step === null ? (
          <p>
            {t('lookup.query.mean', { n: wanted.token + 1, word })}{' '}
            {laboratoryFor(view) !== null && (
              <span class="quiet">
                {t(inside === null ? 'lookup.query.ask' : 'lookup.query.choose')}
              </span>
            )}
          </p>
        ) : (
          <>
            <p>
              {t('lookup.query', { n: step.token + 1, word, layer: step.layer, head: step.head })} ·{' '}
              {t('step.norm')} {fixed(step.query.norm, 2)}
            </p>
            <Components first={step.query.first} />
          </>
        )}
      </div>
    </>
  );
}
