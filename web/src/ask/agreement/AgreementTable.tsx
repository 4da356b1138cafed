/** The numbers behind the slope chart. */
import { fixed, percent, t } from '../../i18n';
import type { Ranked } from '../../maths/agreement';
import type { Mark } from '../../maths/marks';
import { shortName } from '../steps/stepRows';

interface Props {
  readonly ranked: readonly Ranked[];
  readonly marks: ReadonlyMap<number, Mark>;
}

export function AgreementTable({ ranked, marks }: Props) {
  return (
    <details class="numbers">
      <summary>{t('bars.table')}</summary>
      <div class="scroll" tabIndex={0} role="group" aria-label={t('bars.table')}>
        <table>
          <caption class="unseen">{t('agree.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('kind.passage')}</th>
              <th scope="col" class="figure">
                {t('agree.retrieved')}
              </th>
              <th scope="col" class="figure">
                {t('agree.attended')}
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
            {ranked.map(({ passage, retrieved, attended, mass, lift }) => (
              <tr key={passage.id}>
                <th scope="row">
                  {marks.get(passage.id)?.letter} {shortName(passage)}
                </th>
                <td class="figure">{retrieved ?? '—'}</td>
                <td class="figure">{attended ?? '—'}</td>
                <td class="figure">{mass === null ? '—' : percent(mass)}</td>
                <td class="figure">{lift === null ? '—' : fixed(lift, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
