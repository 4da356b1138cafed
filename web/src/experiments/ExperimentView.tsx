/** One experiment: how far it is, what can be done with it, and what came of it. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { Problem } from '../api/client';
import * as api from '../api/experiments';
import type { Experiment } from '../api/types';
import { wordsFor } from '../api/words';
import { moment, number, t } from '../i18n';
import { confirmDelete } from '../shell/ConfirmDialog';
import { Failure } from '../shell/Failure';
import { Icon } from '../shell/Icon';
import { Nowhere } from '../shell/Nowhere';
import { format, go } from '../state/route';
import { BadRecords } from './BadRecords';
import { choiceWords } from './choice';
import { downloadReport, downloadResults } from './downloads';
import { Findings } from './Findings';
import { ProgressLine } from './ProgressLine';
import { sharedSettings } from './settings';
import { canResume, factsOf, isUnderway } from './states';
import { useFollowing } from './useFollowing';

export function ExperimentView({ id }: { readonly id: string }) {
  const [experiment, setExperiment] = useState<Experiment | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [gone, setGone] = useState(false);
  const look = useCallback(async () => {
    try {
      setExperiment(await api.experiment(id));
      setProblem(null);
    } catch (caught) {
      setGone(caught instanceof Problem && caught.status === 404);
      setProblem(wordsFor(caught));
    }
  }, [id]);
  useFollowing(look, !gone && experiment !== null && isUnderway(experiment));
  if (gone) {
    return <Nowhere why="nowhere.experiment" />;
  }
  return (
    <>
      <a class="back" href={format({ screen: 'experiments', id: null })}>
        <Icon name="caret" />
        {t('nav.experiments')}
      </a>
      {problem !== null && <Failure text={problem} onRetry={() => void look()} />}
      {experiment === null ? (
        problem === null && <progress class="await" aria-label={t('nav.experiments')} />
      ) : (
        <>
          <Head experiment={experiment} onChange={look} />
          {experiment.message !== null && (
            <p class={experiment.state === 'failed' ? 'notice bad' : 'notice'}>
              <Icon name="warn" />
              <span>{experiment.message}</span>
            </p>
          )}
          <BadRecords dataset={experiment.plan.dataset} />
          {experiment.done > 0 && <Findings experiment={experiment} />}
        </>
      )}
    </>
  );
}

interface HeadProps {
  readonly experiment: Experiment;
  readonly onChange: () => Promise<void>;
}

function Head({ experiment, onChange }: HeadProps) {
  const { plan, state, createdAt } = experiment;
  useEffect(() => {
    const before = document.title;
    document.title = `${plan.name} · Kvasir`;
    return () => {
      document.title = before;
    };
  }, [plan.name]);
  return (
    <header class="experiment-head">
      <h1>{plan.name}</h1>
      <p class="facts">
        <span class={`status ${state}`} role="status">
          {t(`experiments.state.${state}`)}
        </span>
        {factsOf(experiment).map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
        <span>{t('library.documents.count', { n: number(plan.dataset.documents) })}</span>
        <span>{choiceWords(plan.dataset.choice)}</span>
        {sharedSettings(plan.rows).map((setting) => (
          <span key={setting}>{setting}</span>
        ))}
        <span>{moment(createdAt)}</span>
      </p>
      {state !== 'complete' && <ProgressLine experiment={experiment} />}
      <Actions experiment={experiment} onChange={onChange} />
    </header>
  );
}

function Actions({ experiment, onChange }: HeadProps) {
  const { id, plan } = experiment;
  const [problem, setProblem] = useState<string | null>(null);
  const [merged, setMerged] = useState('');
  const act = (action: () => Promise<unknown>) => () => {
    setProblem(null);
    action().catch((caught: unknown) => {
      setProblem(wordsFor(caught));
    });
  };
  const remove = async () => {
    if (await confirmDelete(t('experiments.delete.sure', { name: plan.name }))) {
      await api.deleteExperiment(id);
      go({ screen: 'experiments', id: null });
    }
  };
  return (
    <>
      <div class="experiment-actions">
        {isUnderway(experiment) && (
          <button type="button" onClick={act(() => api.cancelExperiment(id).then(onChange))}>
            <Icon name="stop" />
            {t('experiments.stop')}
          </button>
        )}
        {canResume(experiment) && (
          <button
            type="button"
            class="primary"
            onClick={act(() => api.resumeExperiment(id).then(onChange))}
          >
            <Icon name="play" />
            {t('experiments.resume')}
          </button>
        )}
        {experiment.done > 0 && (
          <>
            {api.REPORTS.map((name) => (
              <button
                key={name}
                type="button"
                onClick={act(() => downloadReport(experiment, name))}
              >
                <Icon name="download" />
                {name === 'report.html' ? t('experiments.report') : name}
              </button>
            ))}
            <button type="button" onClick={act(() => downloadResults(experiment))}>
              <Icon name="download" />
              results.json
            </button>
          </>
        )}
        <MergeButton
          onFile={(file) => {
            act(async () => {
              const added = await api.mergeResults(id, file);
              setMerged(t('experiments.merged', { n: number(added) }));
              await onChange();
            })();
          }}
        />
        <button type="button" onClick={act(remove)}>
          <Icon name="trash" />
          {t('library.delete')}
        </button>
      </div>
      <p class="quiet" role="status">
        {merged}
      </p>
      {problem !== null && <Failure text={problem} />}
    </>
  );
}

/** Takes the results.json of another server. */
function MergeButton({ onFile }: { readonly onFile: (file: File) => void }) {
  return (
    <label class="button chooser">
      <Icon name="upload" />
      {t('experiments.merge')}
      <input
        class="unseen"
        type="file"
        accept=".json"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file !== undefined) {
            onFile(file);
          }
        }}
      />
    </label>
  );
}
