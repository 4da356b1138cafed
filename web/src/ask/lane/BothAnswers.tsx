/** The first answer, and the one without some sentences beside it, with what they were worth to the first. */
import type { AnswerWithout } from '../../api/types';
import { signed, t } from '../../i18n';
import { Term } from '../formulas/Term';
import { timesAsLikely } from '../test/likelihood';

interface Props {
  readonly first: string;
  readonly found: AnswerWithout;
  /** How many sentences were left out. */
  readonly left: number;
}

export function BothAnswers({ first, found, left }: Props) {
  const { answer, delta } = found;
  const factor = timesAsLikely(delta);
  const same = answer.trim() === first.trim();
  return (
    <div class="both-answers" role="status">
      <dl>
        <div>
          <dt>{t('leave.first')}</dt>
          <dd>{first.trim()}</dd>
        </div>
        <div>
          <dt>{t('leave.now', { n: left })}</dt>
          <dd>
            {answer.trim() === '' ? t('lane.empty') : answer.trim()}
            {found.finishReason === 'length' && <span class="quiet"> ({t('lane.length')})</span>}
          </dd>
        </div>
      </dl>
      <p>
        {same && `${t('leave.same')} `}
        {t(delta >= 0 ? 'leave.for' : 'leave.against', { factor })}{' '}
        <Term name="delta">Δ log P {signed(delta, 1)}</Term>
      </p>
    </div>
  );
}
