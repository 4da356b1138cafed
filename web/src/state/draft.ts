/** The question being prepared. */
import { computed, signal } from '@preact/signals';
import {
  PATHS,
  type AnswerPath,
  type ContrastRequest,
  type ExampleQuestion,
  type Sampling,
} from '../api/types';
import { collections, models } from './catalogue';

/** Kvasir's own defaults: greedy, at most 128 tokens. */
export const GREEDY: Sampling = {
  temperature: 0,
  topP: 1,
  topK: 0,
  minP: 0,
  repetitionPenalty: 1,
  seed: 0,
  maxTokens: 128,
  stop: [],
};

/** Passages that rag takes, and tokens that passages may take, unless the reader says otherwise. */
export const DEFAULT_K = 4;
export const DEFAULT_BUDGET = 2048;

export const question = signal('');
export const chosenCollection = signal<string | null>(null);
export const scope = signal<readonly string[]>([]);
export const chosenModel = signal<string | null>(null);
export const paths = signal<readonly AnswerPath[]>(PATHS);
export const sampling = signal<Sampling>(GREEDY);
export const k = signal(DEFAULT_K);
export const budget = signal(DEFAULT_BUDGET);

/** The collection a question goes to: the chosen one, else the first. */
export const collection = computed(
  () =>
    collections.value.find(({ name }) => name === chosenCollection.value) ??
    collections.value[0] ??
    null,
);

/** The decoder a question goes to: the chosen one, else the default. */
export const model = computed(
  () =>
    models.value.find(({ name }) => name === chosenModel.value) ??
    models.value.find(({ isDefault }) => isDefault) ??
    null,
);

/** Chooses a collection; a scope belongs to its collection. */
export function chooseCollection(name: string): void {
  if (collection.value?.name !== name) {
    scope.value = [];
  }
  chosenCollection.value = name;
}

/** Adds a path or takes it away; the last one stays. */
export function togglePath(path: AnswerPath): void {
  const next = PATHS.filter((known) =>
    known === path ? !paths.value.includes(known) : paths.value.includes(known),
  );
  if (next.length > 0) {
    paths.value = next;
  }
}

/** Takes over an example with its scope. */
export function applyExample(example: ExampleQuestion): void {
  question.value = example.question;
  scope.value = example.scope.selectors;
}

/** How many of the settings differ from the defaults. */
export const changedSettings = computed(() => {
  const keys = Object.keys(GREEDY) as (keyof Sampling)[];
  const differs = (key: keyof Sampling) =>
    JSON.stringify(sampling.value[key]) !== JSON.stringify(GREEDY[key]);
  return (
    keys.filter(differs).length +
    (k.value === DEFAULT_K ? 0 : 1) +
    (budget.value === DEFAULT_BUDGET ? 0 : 1)
  );
});

/** The request for a text, following a conversation where one is given. */
export function requestFor(text: string, conversation: string | null): ContrastRequest {
  const needsDocuments = paths.value.some((path) => path !== 'closed-book');
  return {
    question: text.trim(),
    paths: paths.value,
    sampling: sampling.value,
    ...(conversation === null ? {} : { conversation }),
    ...(collection.value === null || !needsDocuments
      ? {}
      : {
          collection: collection.value.name,
          scope: scope.value,
          k: k.value,
          budget: budget.value,
        }),
    ...(model.value === null ? {} : { model: model.value.name }),
  };
}
