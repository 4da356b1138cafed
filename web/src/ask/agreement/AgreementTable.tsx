/** The numbers behind the slope chart. */
import { fixed, percent, t } from '../../i18n';
import type { Ranked } from '../../maths/agreement';
import type { Mark } from '../../maths/marks';
import { NumbersTable } from '../../shell/NumbersTable';
import { shortName } from '../passages/shortName';

interface Props {
  readonly ranked: readonly Ranked[];
  readonly marks: ReadonlyMap<number, Mark>;
}

export function AgreementTable({ ranked, marks }: Props) {
  const columns = ['agree.retrieved', 'agree.attended', 'bars.mass', 'bars.lift'] as const;
  return (
    <NumbersTable
      caption={t('agree.title')}
      first={t('kind.passage')}
      columns={columns.map((key) => ({ name: t(key) }))}
      rows={ranked.map(({ passage, retrieved, attended, mass, lift }) => ({
        name: `${marks.get(passage.id)?.letter ?? ''} ${shortName(passage)}`,
        figures: [
          String(retrieved ?? '—'),
          String(attended ?? '—'),
          mass === null ? '—' : percent(mass),
          lift === null ? '—' : fixed(lift, 2),
        ],
      }))}
    />
  );
}
