/** Step 3: rank and cut beside softmax, which cuts nothing. */
import { number, percent, t } from '../../i18n';
import { documentMass, evidenceOf, type Evidence } from '../../maths/mass';
import { colourOf } from '../../maths/marks';
import { chosenTokens } from '../../state/focus';
import { PassageMark } from '../passages/PassageMark';
import type { StepProps } from './StepPanel';
import { shortName, stepRows } from './stepRows';

export function SelectionStep(props: StepProps) {
  return props.path.path === 'rag' ? <Cut {...props} /> : <Weights {...props} />;
}

function Cut({ view, path, marks }: StepProps) {
  const rows = stepRows(view, path);
  if (rows.length === 0) {
    return <p class="quiet">{t('step.none')}</p>;
  }
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{t('kind.passage')}</th>
          <th scope="col" class="figure">
            {t('step.rank')}
          </th>
          <th scope="col" class="figure">
            {t('step.kept')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((passage) => (
          <tr
            key={passage.id}
            class={passage.inPrompt === null ? 'outside' : ''}
            style={{ '--hue': colourOf(marks.get(passage.id)) }}
          >
            <th scope="row">
              <PassageMark mark={marks.get(passage.id)} />
              <span>{shortName(passage)}</span>
            </th>
            <td class="figure">{passage.retrieved?.rank ?? '—'}</td>
            <td class="figure">
              {passage.inPrompt === null
                ? path.prompt === null
                  ? '…'
                  : t('step.cut')
                : t('passage.tokens', { n: number(passage.inPrompt.tokens) })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Weights({ view, path, marks }: StepProps) {
  const evidence = evidenceOf(path, chosenTokens[path.path].value, false);
  const rows = path.path === 'attention' ? stepRows(view, path) : [];
  if (path.tokens.length === 0) {
    return <p class="quiet">{t('step.none')}</p>;
  }
  const rest = 1 - documentMass(evidence);
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{path.path === 'attention' ? t('kind.passage') : t('bars.part')}</th>
          <th scope="col">{t('step.weight')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((passage) => {
          const mass = evidence.passages.get(passage.id)?.mass ?? null;
          return (
            <tr
              key={passage.id}
              class={mass === null ? 'outside' : ''}
              style={{ '--hue': colourOf(marks.get(passage.id)) }}
            >
              <th scope="row">
                <PassageMark mark={marks.get(passage.id)} />
                <span>{shortName(passage)}</span>
              </th>
              <td>
                <span class="inline-bar" style={{ '--share': `${(mass ?? 0) * 100}%` }} />
                <span class="figure">{mass === null ? t('passage.unread') : percent(mass)}</span>
              </td>
            </tr>
          );
        })}
        {path.path === 'closed-book' ? (
          <KindRows evidence={evidence} />
        ) : (
          <WeightRow name={t('step.rest')} mass={rest} />
        )}
      </tbody>
    </table>
  );
}

const KINDS = ['sink', 'template', 'instruction', 'question', 'answer'] as const;

function KindRows({ evidence }: { readonly evidence: Evidence }) {
  return (
    <>
      {KINDS.map((kind) => (
        <WeightRow
          key={kind}
          name={t(`kind.${kind}`)}
          mass={evidence.slices
            .filter((slice) => slice.kind === kind)
            .reduce((sum, slice) => sum + slice.mass, 0)}
        />
      ))}
    </>
  );
}

function WeightRow({ name, mass }: { readonly name: string; readonly mass: number }) {
  return (
    <tr style={{ '--hue': 'var(--neutral-3)' }}>
      <th scope="row">
        <span>{name}</span>
      </th>
      <td>
        <span class="inline-bar" style={{ '--share': `${mass * 100}%` }} />
        <span class="figure">{percent(mass)}</span>
      </td>
    </tr>
  );
}
