/** The numbers behind the bars. */
import type { PathTrace } from '../../api/types';
import { fixed, number, percent, t } from '../../i18n';
import type { Evidence } from '../../maths/mass';
import type { Mark } from '../../maths/marks';
import { sliceName } from './Bars';

interface Props {
  readonly path: PathTrace;
  readonly evidence: Evidence;
  readonly marks: ReadonlyMap<number, Mark>;
}

export function BarsTable({ path, evidence, marks }: Props) {
  return (
    <details class="numbers">
      <summary>{t('bars.table')}</summary>
      <div class="scroll" tabIndex={0} role="group" aria-label={t('bars.table')}>
        <table>
          <caption class="unseen">
            {t('bars.title')}, {t(`path.${path.path}`)}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t('bars.part')}</th>
              <th scope="col" class="figure">
                {t('bars.tokens')}
              </th>
              <th scope="col" class="figure">
                {t('bars.share')}
              </th>
              <th scope="col" class="figure">
                {t('bars.mass')}
              </th>
              <th scope="col" class="figure">
                {t('bars.lift')}
              </th>
            </tr>
          </thead>
          <tbody>
            {evidence.slices.map((slice, index) => (
              <tr key={index}>
                <th scope="row">{sliceName(slice, marks)}</th>
                <td class="figure">{number(slice.tokens)}</td>
                <td class="figure">{percent(slice.share)}</td>
                <td class="figure">{percent(slice.mass)}</td>
                <td class="figure">{slice.lift === null ? '—' : fixed(slice.lift, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
