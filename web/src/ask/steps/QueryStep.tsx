/** Step 1: the question's vector beside the decoder's query states. */
import { duration, fixed, number, t } from '../../i18n';
import { traceOf } from '../../maths/beside';
import { listName } from '../passages/listName';
import { Components } from './Components';
import type { StepProps } from './stepProps';

export function QuestionVector({ view }: StepProps) {
  const { encoder, questionVector, searched } = view.trace;
  if (questionVector === null || encoder === null) {
    return <p class="quiet">{t('step.none')}</p>;
  }
  const { first, norm } = questionVector;
  const reranking = view.trace.reranking ?? null;
  return (
    <>
      <dl class="facts-list">
        <div>
          <dt>{t('step.searched')}</dt>
          <dd>“{searched}”</dd>
        </div>
        <div>
          <dt>{t('step.encoder')}</dt>
          <dd>
            {encoder.name}, {t('step.dimensions', { n: encoder.dimensions })}
          </dd>
        </div>
        <div>
          <dt>{t('step.norm')}</dt>
          <dd>{fixed(norm, 3)}</dd>
        </div>
        {view.encodeMs !== null && view.searchMs !== null && (
          <div>
            <dt>{t('step.time')}</dt>
            <dd>
              {t('step.time.value', {
                encode: duration(view.encodeMs),
                search: duration(view.searchMs),
              })}
            </dd>
          </div>
        )}
        {reranking !== null && (
          <div>
            <dt>{t('step.reranked')}</dt>
            <dd>
              {t('step.reranked.value', {
                by: listName(reranking.by),
                n: number(reranking.candidates),
                time: duration(reranking.milliseconds),
              })}
            </dd>
          </div>
        )}
      </dl>
      <Components first={first} />
    </>
  );
}

export function QueryStates({ view, path }: StepProps) {
  const layers = traceOf(view, path.path).watchedLayers;
  return (
    <dl class="facts-list">
      <div>
        <dt>{t('step.states')}</dt>
        <dd>{t('step.states.value', { n: number(path.tokens.length) })}</dd>
      </div>
      <div>
        <dt>{t('step.layers')}</dt>
        <dd>{layers.length === 0 ? '—' : layers.join(', ')}</dd>
      </div>
      {path.prompt !== null && (
        <div>
          <dt>{t('step.positions')}</dt>
          <dd>{t('step.positions.value', { n: number(path.prompt.tokens) })}</dd>
        </div>
      )}
    </dl>
  );
}
