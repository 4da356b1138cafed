/** The question being prepared. */
import { computed, signal } from '@preact/signals';
import {
  PATHS,
  type AnswerPath,
  type ContrastRequest,
  type ExampleQuestion,
  type Sampling,
} from '../api/types';
import { collections, limits, models } from './catalogue';

/** Everything about an answer that can be wished for. */
export interface Wishes extends Sampling {
  /** Passages that rag takes. */
  readonly k: number;
  /** Tokens that passages may take in a prompt. */
  readonly budget: number;
}

export const question = signal('');
export const chosenCollection = signal<string | null>(null);
export const scope = signal<readonly string[]>([]);
export const chosenModel = signal<string | null>(null);
export const paths = signal<readonly AnswerPath[]>(PATHS);
/** What the reader changed; everything else is as the server has it. */
export const changes = signal<Partial<Wishes>>({});

/** Greedy, and for the rest what the server gives to questions that do not say. */
const standard = computed<Wishes>(() => ({
  temperature: 0,
  topP: 1,
  topK: 0,
  minP: 0,
  repetitionPenalty: 1,
  seed: 0,
  maxTokens: limits.value.maxTokens.standard,
  stop: [],
  k: limits.value.passages.standard,
  budget: limits.value.budget.standard,
}));

export const wishes = computed<Wishes>(() => ({ ...standard.value, ...changes.value }));

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
  const keys = Object.keys(changes.value) as (keyof Wishes)[];
  const text = (all: Wishes, key: keyof Wishes) => JSON.stringify(all[key]);
  return keys.filter((key) => text(wishes.value, key) !== text(standard.value, key)).length;
});

/** The request for a text, following a conversation where one is given. */
export function requestFor(text: string, conversation: string | null): ContrastRequest {
  const { k, budget, ...sampling } = wishes.value;
  const needsDocuments = paths.value.some((path) => path !== 'closed-book');
  return {
    question: text.trim(),
    paths: paths.value,
    sampling,
    ...(conversation === null ? {} : { conversation }),
    ...(collection.value === null || !needsDocuments
      ? {}
      : {
          collection: collection.value.name,
          scope: scope.value,
          k,
          budget,
        }),
    ...(model.value === null ? {} : { model: model.value.name }),
  };
}
