/** Experiments: the list of them and the form for another, or a single one. */
import { useCallback, useState } from 'preact/hooks';
import * as api from '../api/experiments';
import type { Experiment } from '../api/types';
import { wordsFor } from '../api/words';
import { moment, t } from '../i18n';
import { Failure } from '../shell/Failure';
import { Icon } from '../shell/Icon';
import { format, go } from '../state/route';
import { ExperimentView } from './ExperimentView';
import { MarkedList } from './MarkedList';
import { OrderForm } from './OrderForm';
import { ProgressLine } from './ProgressLine';
import { factsOf, isUnderway } from './states';
import { useFollowing } from './useFollowing';

export function ExperimentsScreen({ id }: { readonly id: string | null }) {
  return (
    <div class="page experiments">
      {id === null ? <ExperimentList /> : <ExperimentView key={id} id={id} />}
    </div>
  );
}

function ExperimentList() {
  const [found, setFound] = useState<readonly Experiment[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const look = useCallback(async () => {
    try {
      setFound(await api.experiments());
      setProblem(null);
    } catch (caught) {
      setProblem(wordsFor(caught));
    }
  }, []);
  useFollowing(look, found?.some(isUnderway) ?? false);
  const none = found?.length === 0;
  // What goes away again once the list is there must not be shown before.
  const known = found !== null || problem !== null;
  return (
    <>
      <div class="page-head">
        <h1>{t('nav.experiments')}</h1>
        {known && !none && !open && (
          <button
            type="button"
            class="primary"
            onClick={() => {
              setOpen(true);
            }}
          >
            <Icon name="plus" />
            {t('experiments.new')}
          </button>
        )}
      </div>
      <p class="quiet experiments-about">{t('experiments.about')}</p>
      {problem !== null && <Failure text={problem} onRetry={() => void look()} />}
      {(none || open) && (
        <OrderForm
          onDone={({ id }) => {
            go({ screen: 'experiments', id });
          }}
          onClose={
            none
              ? null
              : () => {
                  setOpen(false);
                }
          }
        />
      )}
      {found === null && problem === null && (
        <progress class="await" aria-label={t('nav.experiments')} />
      )}
      {found !== null && found.length > 0 && (
        <ul class="experiment-list">
          {found.map((each) => (
            <ExperimentLine key={each.id} experiment={each} />
          ))}
        </ul>
      )}
      <MarkedList />
    </>
  );
}

function ExperimentLine({ experiment }: { readonly experiment: Experiment }) {
  const { id, plan, state, createdAt } = experiment;
  return (
    <li>
      <a href={format({ screen: 'experiments', id })}>
        <strong>{plan.name}</strong>
        <span class="facts">
          <span class={`status ${state}`}>{t(`experiments.state.${state}`)}</span>
          {factsOf(experiment).map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
          <span>{moment(createdAt)}</span>
        </span>
      </a>
      <ProgressLine experiment={experiment} />
    </li>
  );
}
