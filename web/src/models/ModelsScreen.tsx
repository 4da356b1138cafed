/** The decoders: what is here, what can be had, and what each costs. */
import { useEffect, useState } from 'preact/hooks';
import * as api from '../api/client';
import type { ModelStatus } from '../api/types';
import { wordsFor } from '../api/words';
import { bytes, type Key, languageName, number, percent, t } from '../i18n';
import { Failure } from '../shell/Failure';
import { models, refreshModels, trouble } from '../state/catalogue';
import { chosenModel } from '../state/draft';
import { go } from '../state/route';
import { ImportModel } from './ImportModel';
import { ModelMemory } from './ModelMemory';

/** How often states are read again while something moves, in milliseconds. */
const POLL_MS = 700;

export function ModelsScreen() {
  const moving = models.value.some(({ state }) => state === 'pulling' || state === 'loading');
  useEffect(() => {
    void refreshModels();
    if (!moving) {
      return;
    }
    const timer = setInterval(() => void refreshModels(), POLL_MS);
    return () => {
      clearInterval(timer);
    };
  }, [moving]);
  return (
    <div class="page models">
      <h1>{t('models.title')}</h1>
      <p class="quiet">{t('models.about')}</p>
      {trouble.value !== null && (
        <Failure
          text={trouble.value === '' ? t('failure.unreachable') : trouble.value}
          onRetry={() => void refreshModels()}
        />
      )}
      {models.value.length === 0 && trouble.value === null && (
        <p class="void">{t('models.none')}</p>
      )}
      <ImportModel />
      <ul class="model-list">
        {models.value.map((model) => (
          <ModelCard key={model.name} model={model} />
        ))}
      </ul>
    </div>
  );
}

function ModelCard({ model }: { readonly model: ModelStatus }) {
  const [problem, setProblem] = useState<string | null>(null);
  const change = (action: 'pull' | 'load' | 'unload') => {
    setProblem(null);
    api
      .changeModel(model.name, action)
      .catch((caught: unknown) => {
        setProblem(wordsFor(caught));
      })
      .finally(() => void refreshModels());
  };
  const facts: readonly (readonly [Key, string])[] = [
    ['models.languages', model.languages.map(languageName).join(', ') || '—'],
    ['models.size', bytes(model.bytes)],
    ['models.memory', model.memoryBytes === 0 ? '—' : bytes(model.memoryBytes)],
    ['models.context', t('models.tokens', { n: number(model.context) })],
    ['models.licence', model.licence],
    ['models.answers', answersOf(model)],
  ];
  return (
    <li class="model">
      <div class="model-head">
        <div>
          <h2>{model.title}</h2>
          <p class="quiet">
            {model.name}
            {model.isDefault && ` · ${t('models.default')}`}
          </p>
        </div>
        <span class={`status ${model.state}`}>{t(`models.state.${model.state}`)}</span>
      </div>
      <dl class="model-facts">
        {facts.map(([key, value]) => (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {model.progress !== null && (
        <p class="job-line">
          <progress value={model.progress} aria-label={t(`models.state.${model.state}`)} />
          <span class="figure">{percent(model.progress)}</span>
        </p>
      )}
      {(problem ?? model.message) !== null && (
        <p class={problem !== null || model.state === 'failed' ? 'field-problem' : 'quiet'}>
          {problem ?? model.message}
        </p>
      )}
      {model.lacks !== null && (
        <p class="quiet">
          {model.lacks === 'disk'
            ? t('better.lacks.disk', { size: bytes(model.bytes) })
            : t('better.lacks.memory', { size: bytes(model.memoryBytes) })}
        </p>
      )}
      <ModelMemory model={model} />
      <div class="model-actions">
        <Actions model={model} change={change} />
      </div>
    </li>
  );
}

interface ActionsProps {
  readonly model: ModelStatus;
  readonly change: (action: 'pull' | 'load' | 'unload') => void;
}

function Actions({ model, change }: ActionsProps) {
  switch (model.state) {
    case 'available':
      return (
        <Action
          name="models.pull"
          primary
          onPress={() => {
            change('pull');
          }}
        />
      );
    case 'failed':
      return (
        <>
          <Action
            name="models.pull"
            onPress={() => {
              change('pull');
            }}
          />
          <Action
            name="models.load"
            onPress={() => {
              change('load');
            }}
          />
        </>
      );
    case 'installed':
      return (
        <Action
          name="models.load"
          primary
          onPress={() => {
            change('load');
          }}
        />
      );
    case 'loaded':
      return (
        <>
          <Action
            name="models.use"
            primary
            onPress={() => {
              chosenModel.value = model.name;
              go({ screen: 'ask' });
            }}
          />
          <Action
            name="models.unload"
            onPress={() => {
              change('unload');
            }}
          />
        </>
      );
    case 'pulling':
    case 'loading':
      return null;
  }
}

interface ActionProps {
  readonly name: Key;
  readonly primary?: boolean;
  readonly onPress: () => void;
}

function Action({ name, primary = false, onPress }: ActionProps) {
  return (
    <button type="button" class={primary ? 'primary' : undefined} onClick={onPress}>
      {t(name)}
    </button>
  );
}

/** How many passages it answers best with, and how that is known. */
function answersOf({ answers: { source, defaults } }: ModelStatus): string {
  return `${t('models.answers.passages', { n: defaults.passages })} · ${t(`models.answers.${source}`)}`;
}
