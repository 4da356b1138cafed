/** Step 2: how near each passage is, beside how far its score lies above an even share. */
import { fixed, signed, t } from '../../i18n';
import { sharesOf } from '../../maths/mass';
import { chosenTokens } from '../../state/focus';
import { PassageRow } from '../passages/PassageRow';
import type { StepProps } from './stepProps';
import { stepRows } from './stepRows';

export function Distances({ view, path, marks }: StepProps) {
  const rows = stepRows(view, path);
  if (rows.length === 0) {
    return <p class="quiet">{t('step.none')}</p>;
  }
  const figure = (value: number | null | undefined, digits: number) =>
    value === null || value === undefined ? '—' : fixed(value, digits);
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{t('kind.passage')}</th>
          <th scope="col">{t('step.dense')}</th>
          <th scope="col" class="figure">
            {t('step.lexical')}
          </th>
          <th scope="col" class="figure">
            {t('step.fused')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((passage) => (
          <PassageRow key={passage.id} passage={passage} mark={marks.get(passage.id)}>
            <td>
              <span
                class="inline-bar"
                style={{ '--share': `${Math.max(0, passage.retrieved?.dense ?? 0) * 100}%` }}
              />
              <span class="figure">{figure(passage.retrieved?.dense, 2)}</span>
            </td>
            <td class="figure">{figure(passage.retrieved?.lexical, 2)}</td>
            <td class="figure">{figure(passage.retrieved?.score, 4)}</td>
          </PassageRow>
        ))}
      </tbody>
    </table>
  );
}

export function Scores({ view, path, marks }: StepProps) {
  const shares = sharesOf(path, chosenTokens(path.path).value, false);
  const rows = stepRows(view, path);
  if (path.tokens.length === 0) {
    return <p class="quiet">{t('step.none')}</p>;
  }
  return (
    <>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">{t('kind.passage')}</th>
            <th scope="col">{t('step.log.axis')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((passage) => {
            const lift = shares.passages.get(passage.id)?.lift ?? null;
            const log = lift === null || lift <= 0 ? null : Math.log(lift);
            return (
              <PassageRow key={passage.id} passage={passage} mark={marks.get(passage.id)}>
                <td>
                  <span
                    class={`inline-bar diverging ${(log ?? 0) < 0 ? 'negative' : ''}`}
                    style={{ '--share': `${Math.min(1, Math.abs(log ?? 0) / 4) * 50}%` }}
                  />
                  <span class="figure">{log === null ? t('passage.unread') : signed(log, 2)}</span>
                </td>
              </PassageRow>
            );
          })}
        </tbody>
      </table>
      <p class="quiet">
        {t('step.log')} {t('step.later')}
      </p>
    </>
  );
}

/** Without passages there is nothing to compare with. */
export function LaterNote() {
  return <p class="quiet">{t('step.later')}</p>;
}
