/** The question being prepared, and what the reader chose for questions of their own. */
import { batch, computed, signal } from '@preact/signals';
import type { AnswerPath, AnswerStyle, ExampleQuestion } from '../api/types';
import { locale } from '../i18n/locale';
import { PATHS, USUAL } from '../paths/paths';
import { collections, defaultModel, models, speakersOf, speaks } from './catalogue';
import { changedIn, standard, type Target, type Wishes } from './target';

/** A part of a collection; of another it says nothing. */
interface Part {
  readonly collection: string;
  readonly selectors: readonly string[];
}

const WHOLE: readonly string[] = [];

const text = signal('');
const chosenCollection = signal<string | null>(null);
const chosenPart = signal<Part | null>(null);
/** The part that came with an example, for as long as its question stands as it came. */
const examplePart = signal<Part | null>(null);
export const chosenModel = signal<string | null>(null);
/** Null for as the server has it. */
export const style = signal<AnswerStyle | null>(null);
export const paths = signal<readonly AnswerPath[]>(USUAL);
/** What the reader changed; everything else is as the server has it. */
export const changes = signal<Partial<Wishes>>({});

export const question = computed(() => text.value);
export const wishes = computed<Wishes>(() => ({ ...standard.value, ...changes.value }));

/** The name of the collection a question goes to: the chosen one, else the first in the reader's language. */
export const collectionName = computed(() => {
  const own = collections.value.find(({ language }) => language.startsWith(locale.value));
  return chosenCollection.value ?? (own ?? collections.value[0])?.name ?? null;
});

/** That collection; null where it is not there. */
export const collection = computed(
  () => collections.value.find(({ name }) => name === collectionName.value) ?? null,
);

/** The name of the decoder a question goes to: the chosen one, else the default, else one that speaks the collection's language where the default does not. */
export const modelName = computed(() => {
  const usual = defaultModel.value;
  const language = collection.value?.language;
  const speaking =
    usual === null || language === undefined || speaks(usual, language)
      ? undefined
      : speakersOf(language).find(({ state }) => state === 'loaded');
  return chosenModel.value ?? (speaking ?? usual)?.name ?? null;
});

/** That decoder; null where it is not there. */
export const model = computed(
  () => models.value.find(({ name }) => name === modelName.value) ?? null,
);

/** Whether the scope is an example's, which goes when the question is changed. */
export const scopeIsExamples = computed(
  () => examplePart.value?.collection === collectionName.value,
);

export const scope = computed<readonly string[]>(() => {
  const part = scopeIsExamples.value ? examplePart.value : chosenPart.value;
  return part?.collection === collectionName.value ? part.selectors : WHOLE;
});

/** What a question of the reader's own is asked of. */
export const target = computed<Target>(() => ({
  collection: collectionName.value,
  scope: scope.value,
  model: modelName.value,
  paths: paths.value,
  style: style.value,
  wishes: changes.value,
}));

/** Takes the question as it is written. */
export function write(written: string): void {
  if (written.trim() !== text.value.trim()) {
    examplePart.value = null;
  }
  text.value = written;
}

/** Takes over an example with its scope. */
export function applyExample(example: ExampleQuestion): void {
  text.value = example.question;
  const name = collectionName.value;
  examplePart.value =
    name === null ? null : { collection: name, selectors: example.scope?.selectors ?? WHOLE };
}

/** Takes over what a contrast was asked of, so that the next question goes where it went. */
export function adopt(asked: Target): void {
  const { collection: name, scope: selectors, wishes: wished } = asked;
  batch(() => {
    text.value = '';
    examplePart.value = null;
    if (name !== null) {
      chosenCollection.value = name;
      chosenPart.value = { collection: name, selectors };
    }
    chosenModel.value = asked.model;
    style.value = asked.style;
    paths.value = asked.paths.length === 0 ? USUAL : asked.paths;
    changes.value = Object.fromEntries(changedIn(wished).map((key) => [key, wished[key]]));
  });
}

export function chooseCollection(name: string): void {
  if (collectionName.value !== name) {
    chosenPart.value = null;
    examplePart.value = null;
  }
  chosenCollection.value = name;
}

/** Chooses a part of the collection; an empty one is the whole. */
export function chooseScope(selectors: readonly string[]): void {
  const name = collectionName.value;
  examplePart.value = null;
  chosenPart.value = name === null ? null : { collection: name, selectors };
}

/** Adds a path or takes it away. */
export function togglePath(path: AnswerPath): void {
  paths.value = PATHS.filter((known) => paths.value.includes(known) !== (known === path));
}

/** How many of the settings differ from the defaults. */
export const changedSettings = computed(() => changedIn(changes.value).length);
