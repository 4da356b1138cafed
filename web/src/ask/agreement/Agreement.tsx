/** Whether retrieval and attention rank the same passages first. */
import { useState } from 'preact/hooks';
import type { AnswerPath, Trace } from '../../api/types';
import { fixed, percent, t } from '../../i18n';
import {
  agreementWithPosition,
  agreementWithRetrieval,
  rank,
  type RankBy,
  type Ranked,
} from '../../maths/agreement';
import type { Mark } from '../../maths/marks';
import { sharesOf } from '../../maths/mass';
import { canRead, readsFound, readsScope } from '../../paths/paths';
import { Explained } from '../../shell/Explained';
import { Segments } from '../../shell/Segments';
import { chosenTokens } from '../../state/focus';
import { excludeSink } from '../../state/preferences';
import { Term } from '../formulas/Term';
import { AgreementTable } from './AgreementTable';
import { SlopeChart } from './SlopeChart';
import { laneTitle } from '../../state/sides';

interface Props {
  readonly trace: Trace;
  readonly marks: ReadonlyMap<number, Mark>;
}

const SIGNALS: readonly RankBy[] = ['mass', 'lift', 'calibrated', 'delta'];

export function Agreement({ trace, marks }: Props) {
  const lanes = trace.paths.filter(
    ({ path, tokens }) => canRead(path) && tokens.some(({ mass }) => mass.length > 0),
  );
  const [wanted, setWanted] = useState<AnswerPath | null>(null);
  const [by, setBy] = useState<RankBy>('mass');
  const path =
    lanes.find((lane) => lane.path === wanted) ??
    lanes.find((lane) => readsScope(lane.path)) ??
    lanes[0];
  if (path === undefined) {
    return null;
  }
  const shares = sharesOf(path, chosenTokens(path.path).value, excludeSink.value);
  const tested = path.evidence?.passages;
  const signals = tested === undefined ? SIGNALS.slice(0, 2) : SIGNALS;
  const shownBy = signals.includes(by) ? by : 'mass';
  const ranked = rank(path.passages, shares, shownBy, tested);
  const both = ranked.filter((row) => row.retrieved !== null && row.attended !== null);
  return (
    <section class="agreement" aria-labelledby="agreement">
      <div class="agreement-text">
        <h2 id="agreement">{t('agree.title')}</h2>
        <p>{t('agree.about', { path: laneTitle(path.path) })}</p>
        <div class="agreement-choice">
          <Segments
            label={t('agree.lane')}
            options={lanes.map((lane) => [lane.path, laneTitle(lane.path)] as const)}
            value={path.path}
            onChange={setWanted}
          />
          <Segments
            label={t('agree.by')}
            options={signals.map((signal) => [signal, t(`agree.by.${signal}`)] as const)}
            value={shownBy}
            onChange={setBy}
          />
        </div>
        <Measures ranked={ranked} />
        <p class="quiet">
          {both.length < 2 ? `${t('agree.few')} ` : ''}
          {t('agree.caution')} {readsFound(path.path) ? t('agree.order') : ''}
        </p>
        <AgreementTable ranked={ranked} marks={marks} />
      </div>
      <SlopeChart ranked={ranked} marks={marks} />
    </section>
  );
}

/** Both comparisons: with retrieval, and as a control with the order in the prompt alone. */
function Measures({ ranked }: { readonly ranked: readonly Ranked[] }) {
  const rows = [
    ['retrieval', agreementWithRetrieval(ranked)],
    ['position', agreementWithPosition(ranked)],
  ] as const;
  const figure = (value: number | null) => (value === null ? t('agree.none') : fixed(value, 2));
  const k = rows[0][1].k;
  return (
    <table class="measures">
      <thead>
        <tr>
          <td />
          <th scope="col" class="figure">
            <Term name="overlap">{t('agree.overlap', { k })}</Term>
          </th>
          <th scope="col" class="figure">
            <Term name="tau">{t('agree.tau')}</Term>
          </th>
          <th scope="col" class="figure">
            <Term name="rbo">{t('agree.rbo')}</Term>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, { overlap, tau, rbo }]) => (
          <tr key={name} class={name}>
            <th scope="row">
              <Explained name={t(`agree.with.${name}`)} about={t(`agree.with.${name}.about`)}>
                {t(`agree.with.${name}`)}
              </Explained>
            </th>
            <td class="figure">{overlap === null ? t('agree.none') : percent(overlap)}</td>
            <td class="figure">{figure(tau)}</td>
            <td class="figure">{figure(rbo)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
