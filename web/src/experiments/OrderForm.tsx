/** Orders an experiment: a dataset, the ways to answer, and which questions are asked. */
import { useState } from 'preact/hooks';
import { createExperiment, type DatasetFile } from '../api/experiments';
import type { Experiment } from '../api/types';
import { wordsFor } from '../api/words';
import { t } from '../i18n';
import { Segments } from '../shell/Segments';
import { EMPTY, HALVES, type OrderDraft, orderOf, PATHS } from './order';
import { pathName } from './RowName';
import { SourcePicker } from './SourcePicker';
import { Variations } from './Variations';

/** The most questions that can be drawn, and the largest seed; the server says the same. */
const MOST_QUESTIONS = 1_000_000;
const LARGEST_SEED = 2_147_483_647;

interface Props {
  readonly onDone: (begun: Experiment) => void;
  /** Null where there is nothing to go back to. */
  readonly onClose: (() => void) | null;
}

export function OrderForm({ onDone, onClose }: Props) {
  const [draft, setDraft] = useState(EMPTY);
  const [files, setFiles] = useState<readonly DatasetFile[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const change = (changes: Partial<OrderDraft>) => {
    setDraft((before) => ({ ...before, ...changes }));
  };
  const send = async () => {
    const sent = draft.source === 'files' ? files : [];
    if (draft.source === 'files' && sent.length === 0) {
      setProblem(t('experiments.files.missing'));
      return;
    }
    setSending(true);
    setProblem(null);
    try {
      onDone(await createExperiment(orderOf(draft), sent));
    } catch (caught) {
      setProblem(wordsFor(caught));
      setSending(false);
    }
  };
  return (
    <form
      class="order"
      aria-label={t('experiments.new')}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <SourcePicker draft={draft} change={change} files={files} onFiles={setFiles} />
      <PathChoice
        chosen={draft.paths}
        onChange={(paths) => {
          change({ paths });
        }}
      />
      <Variations
        variations={draft.variations}
        onChange={(variations) => {
          change({ variations });
        }}
      />
      <QuestionChoice draft={draft} change={change} />
      <label class="field order-name">
        <span>{t('experiments.name')}</span>
        <input
          maxLength={200}
          value={draft.name}
          onInput={(event) => {
            change({ name: event.currentTarget.value });
          }}
        />
      </label>
      {problem !== null && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
      <div class="order-actions">
        <button type="submit" class="primary" disabled={sending}>
          {t(sending ? 'experiments.sending' : 'experiments.start')}
        </button>
        {onClose !== null && (
          <button type="button" onClick={onClose}>
            {t('library.cancel')}
          </button>
        )}
      </div>
    </form>
  );
}

interface PathChoiceProps {
  readonly chosen: readonly string[];
  readonly onChange: (paths: readonly string[]) => void;
}

function PathChoice({ chosen, onChange }: PathChoiceProps) {
  return (
    <fieldset>
      <legend>{t('experiments.paths')}</legend>
      <div class="order-paths">
        {PATHS.map((path) => (
          <label key={path}>
            <input
              type="checkbox"
              name={path}
              checked={chosen.includes(path)}
              onChange={({ currentTarget: { checked } }) => {
                onChange(PATHS.filter((each) => (each === path ? checked : chosen.includes(each))));
              }}
            />
            <span>
              <strong>{pathName(path)}</strong>
              <small>{t(`experiments.path.${path}`)}</small>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface QuestionChoiceProps {
  readonly draft: OrderDraft;
  readonly change: (changes: Partial<OrderDraft>) => void;
}

function QuestionChoice({ draft, change }: QuestionChoiceProps) {
  return (
    <fieldset>
      <legend>{t('experiments.which')}</legend>
      <div class="order-which">
        <div class="field order-half">
          <span aria-hidden="true">{t('experiments.half')}</span>
          <Segments
            label={t('experiments.half')}
            options={HALVES.map((half) => [half, t(`experiments.half.${half}`)] as const)}
            value={draft.half}
            onChange={(half) => {
              change({ half });
            }}
          />
        </div>
        <label class="field">
          <span>{t('experiments.sample')}</span>
          <input
            type="number"
            min={1}
            max={MOST_QUESTIONS}
            placeholder={t('experiments.sample.all')}
            value={draft.sample}
            onInput={(event) => {
              change({ sample: event.currentTarget.value });
            }}
          />
        </label>
        <label class="field">
          <span>{t('sampling.seed')}</span>
          <input
            type="number"
            min={0}
            max={LARGEST_SEED}
            placeholder="0"
            value={draft.seed}
            onInput={(event) => {
              change({ seed: event.currentTarget.value });
            }}
          />
        </label>
      </div>
      <p class="quiet">{t(`experiments.half.${draft.half}.about`)}</p>
    </fieldset>
  );
}
