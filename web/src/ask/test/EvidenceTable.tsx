/** Every signal about every passage, side by side. */
import type { Evidence } from '../../api/evidence';
import type { PathTrace } from '../../api/types';
import { fixed, percent, signed, t } from '../../i18n';
import type { Mark } from '../../maths/marks';
import { PassageMark } from '../passages/PassageMark';
import { shortName } from '../steps/stepRows';

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
    <details class="numbers">
      <summary>{t('bars.table')}</summary>
      <div class="scroll" tabIndex={0} role="group" aria-label={t('evidence.title')}>
        <table>
          <caption class="unseen">{t('evidence.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('kind.passage')}</th>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" class="figure" title={t(`signal.${column}.about`)}>
                  {t(`signal.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {evidence.passages.map((passage) => (
              <tr key={passage.id}>
                <th scope="row" title={names.get(passage.id)}>
                  <PassageMark mark={marks.get(passage.id)} />
                </th>
                <td class="figure">{signed(passage.delta, 2)}</td>
                <td class="figure">{maybe(passage.attribution)}</td>
                <td class="figure">{percent(passage.mass)}</td>
                <td class="figure">{percent(passage.share)}</td>
                <td class="figure">{signed(passage.calibrated, 3)}</td>
                <td class="figure">
                  {passage.bestHeads === null ? '—' : fixed(passage.bestHeads, 3)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
