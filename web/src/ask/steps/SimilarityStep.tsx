/** Step 2: how near each passage is, beside how far its score lies above an even share. */
import { fixed, signed, t } from '../../i18n';
import { evidenceOf } from '../../maths/mass';
import { colourOf } from '../../maths/marks';
import { chosenTokens } from '../../state/focus';
import { PassageMark } from '../passages/PassageMark';
import type { StepProps } from './StepPanel';
import { shortName, stepRows } from './stepRows';

export function SimilarityStep(props: StepProps) {
  switch (props.path.path) {
    case 'rag':
      return <Distances {...props} />;
    case 'attention':
      return <Scores {...props} />;
    case 'closed-book':
      return <p class="quiet">{t('step.later')}</p>;
  }
}

function Distances({ view, path, marks }: StepProps) {
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
          <tr key={passage.id} style={{ '--hue': colourOf(marks.get(passage.id)) }}>
            <th scope="row">
              <PassageMark mark={marks.get(passage.id)} />
              <span>{shortName(passage)}</span>
            </th>
            <td>
              <span
                class="inline-bar"
                style={{ '--share': `${Math.max(0, passage.retrieved?.dense ?? 0) * 100}%` }}
              />
              <span class="figure">{figure(passage.retrieved?.dense, 2)}</span>
            </td>
            <td class="figure">{figure(passage.retrieved?.lexical, 2)}</td>
            <td class="figure">{figure(passage.retrieved?.score, 4)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Scores({ view, path, marks }: StepProps) {
  const evidence = evidenceOf(path, chosenTokens[path.path].value, false);
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
            const lift = evidence.passages.get(passage.id)?.lift ?? null;
            const log = lift === null || lift <= 0 ? null : Math.log(lift);
            return (
              <tr key={passage.id} style={{ '--hue': colourOf(marks.get(passage.id)) }}>
                <th scope="row">
                  <PassageMark mark={marks.get(passage.id)} />
                  <span>{shortName(passage)}</span>
                </th>
                <td>
                  <span
                    class={`inline-bar diverging ${(log ?? 0) < 0 ? 'negative' : ''}`}
                    style={{ '--share': `${Math.min(1, Math.abs(log ?? 0) / 4) * 50}%` }}
                  />
                  <span class="figure">{log === null ? t('passage.unread') : signed(log, 2)}</span>
                </td>
              </tr>
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
