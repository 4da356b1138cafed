/** The numbers behind the bars. */
import type { PathTrace } from '../../api/types';
import { fixed, number, percent, t } from '../../i18n';
import type { Mark } from '../../maths/marks';
import type { Shares } from '../../maths/mass';
import { NumbersTable } from '../../shell/NumbersTable';
import { sliceName } from './slices';
import { laneTitle } from '../../state/sides';

interface Props {
  readonly path: PathTrace;
  readonly shares: Shares;
  readonly marks: ReadonlyMap<number, Mark>;
}

export function BarsTable({ path, shares, marks }: Props) {
  const columns = ['bars.tokens', 'bars.share', 'bars.mass', 'bars.lift'] as const;
  return (
    <NumbersTable
      caption={`${t('bars.title')}, ${laneTitle(path.path)}`}
      first={t('bars.part')}
      columns={columns.map((key) => ({ name: t(key) }))}
      rows={shares.slices.map((slice) => ({
        name: sliceName(slice, marks),
        figures: [
          number(slice.tokens),
          percent(slice.share),
          percent(slice.mass),
          slice.lift === null ? '—' : fixed(slice.lift, 2),
        ],
      }))}
    />
  );
}
