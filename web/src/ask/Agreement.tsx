/** Whether retrieval and attention rank the same passages first. */
import { useState } from 'preact/hooks';
import type { AnswerPath, Trace } from '../api/types';
import { fixed, percent, t } from '../i18n';
import { overlapAt, rank, tauB, type RankBy } from '../maths/agreement';
import { evidenceOf } from '../maths/mass';
import type { Mark } from '../maths/marks';
import { chosenTokens } from '../state/focus';
import { excludeSink } from '../state/preferences';
import { AgreementTable } from './AgreementTable';
import { Segments } from './Segments';
import { SlopeChart } from './SlopeChart';

interface Props {
  readonly trace: Trace;
  readonly marks: ReadonlyMap<number, Mark>;
}

export function Agreement({ trace, marks }: Props) {
  const lanes = trace.paths.filter(
    (path) => path.path !== 'closed-book' && path.tokens.some(({ mass }) => mass.length > 0),
  );
  const [wanted, setWanted] = useState<AnswerPath>('attention');
  const [by, setBy] = useState<RankBy>('mass');
  const path = lanes.find((lane) => lane.path === wanted) ?? lanes[0];
  if (path === undefined) {
    return null;
  }
  const evidence = evidenceOf(path, chosenTokens[path.path].value, excludeSink.value);
  const ranked = rank(path.passages, evidence, by);
  const both = ranked.filter((row) => row.retrieved !== null && row.attended !== null);
  const k = Math.max(1, Math.min(3, both.length));
  const overlap = overlapAt(ranked, k);
  const tau = tauB(ranked);
  return (
    <section class="agreement" aria-labelledby="agreement">
      <div class="agreement-text">
        <h2 id="agreement">{t('agree.title')}</h2>
        <p>{t('agree.about', { path: t(`path.${path.path}`) })}</p>
        <div class="agreement-choice">
          <Segments
            label={t('agree.lane')}
            options={lanes.map((lane) => [lane.path, t(`path.${lane.path}`)] as const)}
            value={path.path}
            onChange={setWanted}
          />
          <Segments
            label={t('agree.by')}
            options={[
              ['mass', t('agree.by.mass')],
              ['lift', t('agree.by.lift')],
            ]}
            value={by}
            onChange={setBy}
          />
        </div>
        <dl class="measures">
          <div>
            <dt>{t('agree.overlap', { k })}</dt>
            <dd>{overlap === null ? t('agree.none') : percent(overlap)}</dd>
          </div>
          <div>
            <dt>{t('agree.tau')}</dt>
            <dd>{tau === null ? t('agree.none') : fixed(tau, 2)}</dd>
          </div>
        </dl>
        <p class="quiet">
          {both.length < 2 ? `${t('agree.few')} ` : ''}
          {t('agree.caution')} {path.path === 'rag' ? t('agree.order') : ''}
        </p>
        <AgreementTable ranked={ranked} marks={marks} />
      </div>
      <SlopeChart ranked={ranked} marks={marks} />
    </section>
  );
}
