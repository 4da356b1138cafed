/** Step 3: rank and cut beside softmax, which cuts nothing. */
import type { ComponentChildren } from 'preact';
import { number, percent, t } from '../../i18n';
import { documentMass, sharesOf } from '../../maths/mass';
import { chosenTokens } from '../../state/focus';
import { PassageRow } from '../passages/PassageRow';
import type { StepProps } from './stepProps';
import { stepRows } from './stepRows';

export function Cut({ view, path, marks }: StepProps) {
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
          <PassageRow
            key={passage.id}
            passage={passage}
            mark={marks.get(passage.id)}
            outside={passage.inPrompt === null}
          >
            <td class="figure">{passage.retrieved?.rank ?? '—'}</td>
            <td class="figure">
              {passage.inPrompt === null
                ? path.prompt === null
                  ? '…'
                  : t('step.cut')
                : t('passage.tokens', { n: number(passage.inPrompt.tokens) })}
            </td>
          </PassageRow>
        ))}
      </tbody>
    </table>
  );
}

export function PassageWeights({ view, path, marks }: StepProps) {
  const shares = sharesOf(path, chosenTokens(path.path).value, false);
  if (path.tokens.length === 0) {
    return <p class="quiet">{t('step.none')}</p>;
  }
  return (
    <WeightsTable first={t('kind.passage')}>
      {stepRows(view, path).map((passage) => {
        const mass = shares.passages.get(passage.id)?.mass ?? null;
        return (
          <PassageRow
            key={passage.id}
            passage={passage}
            mark={marks.get(passage.id)}
            outside={mass === null}
          >
            <td>
              <span class="inline-bar" style={{ '--share': `${(mass ?? 0) * 100}%` }} />
              <span class="figure">{mass === null ? t('passage.unread') : percent(mass)}</span>
            </td>
          </PassageRow>
        );
      })}
      <WeightRow name={t('step.rest')} mass={1 - documentMass(shares)} />
    </WeightsTable>
  );
}

const KINDS = ['sink', 'template', 'instruction', 'question', 'answer'] as const;

export function KindWeights({ path }: StepProps) {
  const { slices } = sharesOf(path, chosenTokens(path.path).value, false);
  if (path.tokens.length === 0) {
    return <p class="quiet">{t('step.none')}</p>;
  }
  return (
    <WeightsTable first={t('bars.part')}>
      {KINDS.map((kind) => (
        <WeightRow
          key={kind}
          name={t(`kind.${kind}`)}
          mass={slices
            .filter((slice) => slice.kind === kind)
            .reduce((sum, slice) => sum + slice.mass, 0)}
        />
      ))}
    </WeightsTable>
  );
}

interface WeightsTableProps {
  /** Head of the names. */
  readonly first: string;
  readonly children: ComponentChildren;
}

function WeightsTable({ first, children }: WeightsTableProps) {
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col">{t('step.weight')}</th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
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
