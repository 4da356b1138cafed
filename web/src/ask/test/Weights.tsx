/** What passages weigh together: those that say the same share it instead of each seeming worthless. */
import type { Evidence } from '../../api/types';
import { number, signed, t } from '../../i18n';
import type { Mark } from '../../maths/marks';
import { Term } from '../formulas/Term';
import { PassageMark } from '../passages/PassageMark';

interface Props {
  readonly evidence: Evidence;
  readonly marks: ReadonlyMap<number, Mark>;
}

/** Passages named; the table has them all. */
const MOST = 5;

export function Weights({ evidence, marks }: Props) {
  const weighed = evidence.passages
    .map(({ id, attribution }) => ({ id, weight: attribution ?? 0 }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MOST);
  return (
    <p class="weights">
      <Term name="attribution">{t('evidence.weights', { n: number(evidence.masks) })}</Term>
      {weighed.map(({ id, weight }) => (
        <span key={id} class="figure">
          <PassageMark mark={marks.get(id)} /> {signed(weight, 1)}
        </span>
      ))}
    </p>
  );
}
