/** Every signal about every passage, side by side. */
import type { Evidence, PathTrace } from '../../api/types';
import { fixed, percent, signed, t } from '../../i18n';
import type { Mark } from '../../maths/marks';
import { NumbersTable } from '../../shell/NumbersTable';
import { PassageMark } from '../passages/PassageMark';
import { shortName } from '../passages/shortName';

interface Props {
  readonly evidence: Evidence;
  readonly path: PathTrace;
  readonly marks: ReadonlyMap<number, Mark>;
}

const COLUMNS = ['mattered', 'attribution', 'mass', 'share', 'calibrated', 'heads'] as const;

export function EvidenceTable({ evidence, path, marks }: Props) {
  const names = new Map(path.passages.map((passage) => [passage.id, shortName(passage)]));
  const maybe = (value: number | null) => (value === null ? '—' : signed(value, 2));
  return (
    <NumbersTable
      caption={t('evidence.title')}
      label={t('evidence.title')}
      first={t('kind.passage')}
      columns={COLUMNS.map((column) => ({
        name: t(`signal.${column}`),
        about: t(`signal.${column}.about`),
      }))}
      rows={evidence.passages.map((passage) => ({
        name: <PassageMark mark={marks.get(passage.id)} />,
        about: names.get(passage.id),
        figures: [
          signed(passage.delta, 2),
          maybe(passage.attribution),
          percent(passage.mass),
          percent(passage.share),
          signed(passage.calibrated, 3),
          passage.bestHeads === null ? '—' : fixed(passage.bestHeads, 3),
        ],
      }))}
    />
  );
}
