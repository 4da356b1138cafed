/** What came of an experiment by now: means, moves between rows, and every question. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import * as api from '../api/experiments';
import type { Experiment, ExperimentResults } from '../api/types';
import { wordsFor } from '../api/words';
import { t } from '../i18n';
import { Failure } from '../shell/Failure';
import type { Filter } from './filters';
import { type Means, meansOf } from './means';
import { MeansTable } from './MeansTable';
import { MovesView } from './MovesView';
import { SEARCH } from './order';
import { askedOf } from './outcomes';
import { Questions } from './Questions';
import { toldApart } from './settings';

/** How many times results are read again while an experiment runs. */
const READINGS = 20;

interface Found {
  readonly results: ExperimentResults;
  readonly means: Means;
}

export function Findings({ experiment }: { readonly experiment: Experiment }) {
  const { id, plan, state, done, total } = experiment;
  const rows = useMemo(() => toldApart(plan.rows), [plan.rows]);
  const answering = rows.flatMap(({ path }, place) => (path === SEARCH ? [] : [place]));
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [filter, setFilter] = useState<Filter>({ kind: 'all' });
  const step = done === total ? READINGS : Math.floor((READINGS * done) / total);
  useEffect(() => {
    let wanted = true;
    Promise.all([api.experimentResults(id), api.experimentTable(id)])
      .then(([results, table]) => {
        if (wanted) {
          setFound({ results, means: meansOf(table) });
          setProblem(null);
        }
      })
      .catch((caught: unknown) => {
        if (wanted) {
          setProblem(wordsFor(caught));
        }
      });
    return () => {
      wanted = false;
    };
  }, [id, step, state]);
  const asked = useMemo(() => (found === null ? [] : askedOf(found.results, rows)), [found, rows]);
  if (found === null) {
    return problem === null ? (
      <progress class="await" aria-label={t('experiments.results')} />
    ) : (
      <Failure text={problem} />
    );
  }
  return (
    <>
      {problem !== null && <Failure text={problem} />}
      <MeansTable means={found.means} rows={rows} />
      {answering.length > 1 && (
        <MovesView
          asked={asked}
          rows={rows}
          places={answering}
          filter={filter}
          onFilter={setFilter}
        />
      )}
      <Questions asked={asked} rows={rows} filter={filter} onFilter={setFilter} />
    </>
  );
}
