/** What can be found out about an ended contrast beyond its trace, and what was. */
import { computed, signal } from '@preact/signals';
import type { Attention } from '../api/evidence';
import type { AnswerPath, PathTrace } from '../api/types';
import { passagePositions } from '../maths/extent';
import { meanRow, type Words } from '../maths/words';
import type { ContrastView } from './contrast';
import { chosenTokens } from './focus';

/** A head, or where it is null the mean of those that the engine watches. */
export type HeadChoice = { readonly layer: number; readonly head: number } | null;

/** Which look-up inside the decoder is shown. */
export interface LookUp {
  readonly path: AnswerPath;
  readonly token: number;
  readonly head: HeadChoice;
}

/** Finds things out; an exported page has none and shows what came with it. */
export interface Laboratory {
  /** Has the words of a path read, unless they are there or on their way. */
  readonly readWords: (path: PathTrace) => Promise<void>;
  /** Has the attention of one token computed. */
  readonly lookUp: (wanted: LookUp) => void;
  /** Tests whether the passages of a path mattered, with so many random sets of them as well. */
  readonly test: (path: AnswerPath, sets: number) => void;
  readonly cancelTest: (path: AnswerPath) => void;
}

export const laboratory = signal<Laboratory | null>(null);

/** The laboratory, if it can do something for what is shown. */
export function laboratoryFor(view: ContrastView): Laboratory | null {
  return view.origin === 'example' || view.trace.status === 'running' ? null : laboratory.value;
}

/** The words of a path: on their way, there, or why not. */
export type WordsState =
  | { readonly state: 'reading' }
  | {
      readonly state: 'there';
      readonly words: Words;
      /** Positions inside passages, over which levels are scaled. */
      readonly positions: readonly number[];
    }
  | { readonly state: 'failed'; readonly why: string };

export const words = signal<Partial<Record<AnswerPath, WordsState>>>({});

/** The words of a path as they are shown. */
export function wordsThere(path: PathTrace, found: Words): WordsState {
  const positions = path.prompt === null ? [] : passagePositions(path.prompt);
  return { state: 'there', words: found, positions };
}

/** How strongly every position is tinted, 0 to 1, for the chosen tokens. */
export interface Tints {
  readonly strengths: Float32Array;
  readonly mass: Float32Array;
}

/** The share of the strongest below which a word is not tinted. */
const INVISIBLE = 0.01;

export const tints = {
  'closed-book': computed(() => tintsOf('closed-book')),
  rag: computed(() => tintsOf('rag')),
  attention: computed(() => tintsOf('attention')),
} satisfies Record<AnswerPath, unknown>;

function tintsOf(path: AnswerPath): Tints | null {
  const known = words.value[path];
  if (known?.state !== 'there') {
    return null;
  }
  const mass = meanRow(known.words, chosenTokens[path].value);
  let most = 0;
  for (const position of known.positions) {
    most = Math.max(most, mass[position] ?? 0);
  }
  // The root keeps what is weaker than the strongest word visible; a hundredth of it is nothing.
  const strengths = mass.map((value) =>
    value < most * INVISIBLE || most === 0 ? 0 : Math.sqrt(Math.min(1, value / most)),
  );
  return { strengths, mass };
}

/** How far a test is; null where none runs and none failed. */
export type TestState =
  | {
      readonly state: 'running';
      readonly done: number;
      readonly total: number;
      readonly remainingMs: number | null;
    }
  | { readonly state: 'failed'; readonly why: string };

export const tests = signal<Partial<Record<AnswerPath, TestState>>>({});

/** The look-up that is shown: what was wanted, and what came. */
export type LookUpState =
  | { readonly state: 'computing'; readonly wanted: LookUp; readonly before: Attention | null }
  | { readonly state: 'there'; readonly wanted: LookUp; readonly attention: Attention }
  | { readonly state: 'failed'; readonly wanted: LookUp; readonly why: string };

export const lookUp = signal<LookUpState | null>(null);
