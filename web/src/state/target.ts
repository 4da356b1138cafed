/** What a question is asked of and how, and whether that is possible. */
import { computed } from '@preact/signals';
import type {
  AnswerPath,
  AnswerStyle,
  ContrastRequest,
  ModelState,
  Sampling,
  ScopeSelection,
  Trace,
} from '../api/types';
import { pathOf } from '../paths/laneNames';
import { canRead, PATHS } from '../paths/paths';
import { collections, collectionsKnown, limits, models, modelsKnown } from './catalogue';

/**
 * Everything about an answer that can be wished for here. How much is taken for going round in
 * circles is the decoder's to say; a follow-up takes it over from its conversation.
 */
export interface Wishes extends Omit<Sampling, 'loopPenalty'> {
  /** Passages that are taken of those found. */
  readonly k: number;
  /** Tokens that passages may take in a prompt. */
  readonly budget: number;
}

/** What a question is asked of: chosen for a new question, its conversation's for a follow-up. */
export interface Target {
  /** Null where there is none, or none is read. */
  readonly collection: string | null;
  readonly scope: readonly string[];
  /** What is read whole of a scope that does not fit; absent for the server's default. */
  readonly selection?: ScopeSelection;
  /** Null for the server's default. */
  readonly model: string | null;
  readonly paths: readonly AnswerPath[];
  /** Null for the server's default. */
  readonly style: AnswerStyle | null;
  /** What was wished for; everything else is as the server has it. */
  readonly wishes: Partial<Wishes>;
}

/** Greedy, and for the rest what the server gives to questions that do not say. */
export const standard = computed<Wishes>(() => ({
  temperature: 0,
  topP: 1,
  topK: 0,
  minP: 0,
  repetitionPenalty: 1,
  presencePenalty: 0,
  frequencyPenalty: 0,
  seed: 0,
  maxTokens: limits.value.maxTokens.standard,
  stop: [],
  k: limits.value.passages.standard,
  budget: limits.value.budget.standard,
}));

/** The wishes that differ from what the server does anyway. */
export function changedIn(wishes: Partial<Wishes>): readonly (keyof Wishes)[] {
  const text = (all: Partial<Wishes>, key: keyof Wishes) => JSON.stringify(all[key]);
  return (Object.keys(standard.value) as (keyof Wishes)[]).filter(
    (key) => key in wishes && text(wishes, key) !== text(standard.value, key),
  );
}

/** What a contrast was asked of. */
export function targetOf({ collection, scope, model, paths, style, k, sampling }: Trace): Target {
  const budget = Math.max(0, ...paths.map(({ prompt }) => prompt?.budget ?? 0));
  const first = paths.some(({ notice }) => notice?.code === 'first-read');
  return {
    collection,
    scope,
    ...(first ? { selection: 'first' } : {}),
    model: model.name,
    paths: PATHS.filter((known) => paths.some(({ path }) => pathOf(path) === known)),
    style: style ?? null,
    wishes: { ...sampling, ...(k ? { k } : {}), ...(budget > 0 ? { budget } : {}) },
  };
}

/** How much an answer can say, from the least. */
export const STYLES: readonly AnswerStyle[] = ['short', 'answer', 'full'];

const reads = ({ paths }: Target) => paths.some(canRead);

/** Why a question cannot be asked. */
export type Obstacle =
  | { readonly kind: 'no-paths' }
  | { readonly kind: 'no-collection' }
  | { readonly kind: 'collection-gone'; readonly collection: string }
  | { readonly kind: 'no-model' }
  | { readonly kind: 'model-gone'; readonly model: string }
  | { readonly kind: 'model-not-loaded'; readonly model: string; readonly state: ModelState };

/** What is in the way of asking; null for nothing, or where the server has not said what it has. */
export function obstacleTo(target: Target): Obstacle | null {
  if (target.paths.length === 0) {
    return { kind: 'no-paths' };
  }
  return (reads(target) ? collectionMissing(target) : null) ?? modelMissing(target);
}

function collectionMissing({ collection }: Target): Obstacle | null {
  if (!collectionsKnown.value || collections.value.some(({ name }) => name === collection)) {
    return null;
  }
  return collection === null ? { kind: 'no-collection' } : { kind: 'collection-gone', collection };
}

function modelMissing({ model }: Target): Obstacle | null {
  if (!modelsKnown.value) {
    return null;
  }
  if (model === null) {
    return { kind: 'no-model' };
  }
  const found = models.value.find(({ name }) => name === model);
  if (found === undefined) {
    return { kind: 'model-gone', model };
  }
  return found.state === 'loaded'
    ? null
    : { kind: 'model-not-loaded', model: found.title, state: found.state };
}

/** What can be chosen otherwise of the same question; absent where it stays as it was. */
export interface Otherwise {
  readonly model?: string | undefined;
  readonly style?: AnswerStyle | undefined;
  readonly k?: number | undefined;
  readonly temperature?: number | undefined;
}

/** A target with some of it chosen otherwise; null where nothing differs. */
export function otherwise(target: Target, wanted: Otherwise): Target | null {
  const { model, style, k, temperature } = wanted;
  const now = target.wishes;
  const wishes = {
    ...now,
    ...(k ? { k } : {}),
    ...(temperature === undefined ? {} : { temperature }),
  };
  const another = model !== undefined && model !== target.model;
  if (another) {
    // How much is taken for going round in circles is each decoder's own to say.
    Reflect.deleteProperty(wishes, 'loopPenalty');
  }
  const differs =
    another ||
    (style ?? target.style) !== target.style ||
    wishes.k !== now.k ||
    (wishes.temperature ?? 0) !== (now.temperature ?? 0);
  return differs
    ? { ...target, model: model ?? target.model, style: style ?? target.style, wishes }
    : null;
}

/** The request for a text, following a conversation where one is given. */
export function requestFor(
  text: string,
  target: Target,
  conversation: string | null,
): ContrastRequest {
  // How many passages are best differs from decoder to decoder: unless asked, the server says.
  const { k, budget, ...sampling } = { ...standard.value, k: undefined, ...target.wishes };
  return {
    question: text.trim(),
    paths: target.paths,
    sampling,
    ...(conversation === null ? {} : { conversation }),
    ...(target.collection === null || !reads(target)
      ? {}
      : {
          collection: target.collection,
          scope: target.scope,
          ...(target.selection === undefined ? {} : { selection: target.selection }),
          budget,
          ...(k === undefined ? {} : { k }),
        }),
    ...(target.style === null ? {} : { style: target.style }),
    ...(target.model === null ? {} : { model: target.model }),
  };
}
