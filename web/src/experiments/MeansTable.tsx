/** The means of every row with their intervals, as the server computed them. */
import { useState } from 'preact/hooks';
import type { ExperimentRow } from '../api/types';
import { isKey, t } from '../i18n';
import { Segments } from '../shell/Segments';
import { groupOf, GROUPS, type Interval, type Means, ofGroup, shareOf } from './means';
import { RowName } from './RowName';

interface Props {
  readonly means: Means;
  readonly rows: readonly ExperimentRow[];
}

export function MeansTable({ means, rows }: Props) {
  const groups = GROUPS.filter((group) => means.measures.some((one) => groupOf(one) === group));
  const [chosen, setChosen] = useState(groups[0] ?? 'answers');
  const shown = ofGroup(means, chosen);
  return (
    <section class="findings">
      <div class="findings-head">
        <h2>{t('experiments.results')}</h2>
        <Segments
          label={t('experiments.measures')}
          options={groups.map((group) => [group, t(`experiments.measures.${group}`)] as const)}
          value={chosen}
          onChange={setChosen}
        />
      </div>
      <div class="scroll" tabIndex={0} role="group" aria-label={t('experiments.results')}>
        <table class="means">
          <caption class="unseen">{t('experiments.results.about')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('experiments.row')}</th>
              <th scope="col" class="figure">
                {t('experiments.row.answers')}
              </th>
              {shown.measures.map((measure) => (
                <th key={measure} scope="col" class="figure">
                  {nameOf(measure)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">
                  <RowName row={rows.find(({ name }) => name === row.name) ?? unknown(row.name)} />
                </th>
                <td class="figure">{row.answers}</td>
                {row.cells.map((cell, place) => (
                  <td key={shown.measures[place]} class="figure">
                    {cell === null ? '–' : <MeanCell cell={cell} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet">{t('experiments.results.about')}</p>
      <Meanings measures={shown.measures} />
    </section>
  );
}

const unknown = (name: string): ExperimentRow => ({ name, path: name, settings: {} });

/** What the interval's picture is wide and high, and how large its dot is. */
const WIDE = 72;
const HIGH = 8;
const DOT = 3;

/** Where a share lies, with room for the dot at both ends. */
const placeOf = (share: number) => DOT + share * (WIDE - 2 * DOT);

function MeanCell({ cell }: { readonly cell: Interval }) {
  const share = shareOf(cell);
  return (
    <>
      <strong>{cell.mean}</strong>
      {share !== null && (
        <svg class="interval" viewBox={`0 0 ${WIDE} ${HIGH}`} aria-hidden="true">
          <line class="scale" x1={placeOf(0)} x2={placeOf(1)} y1={HIGH / 2} y2={HIGH / 2} />
          <line
            class="range"
            x1={placeOf(share[0])}
            x2={placeOf(share[2])}
            y1={HIGH / 2}
            y2={HIGH / 2}
          />
          <circle cx={placeOf(share[1])} cy={HIGH / 2} r={DOT} />
        </svg>
      )}
      <small>
        {cell.low} – {cell.high}
      </small>
    </>
  );
}

/** The dictionary's word for a measure that the server calls by its own. */
const slug = (measure: string) => measure.toLowerCase().replace(/[^a-z0-9]+/g, '-');

function nameOf(measure: string): string {
  const key = `measure.${slug(measure)}`;
  return isKey(key) ? t(key) : measure;
}

function Meanings({ measures }: { readonly measures: readonly string[] }) {
  return (
    <details class="numbers meanings">
      <summary>{t('experiments.meanings')}</summary>
      <dl>
        {measures.map((measure) => {
          const key = `measure.${slug(measure)}.about`;
          return (
            isKey(key) && (
              <div key={measure}>
                <dt>{nameOf(measure)}</dt>
                <dd>{t(key)}</dd>
              </div>
            )
          );
        })}
      </dl>
    </details>
  );
}
