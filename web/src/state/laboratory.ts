/** What can be found out about an ended contrast beyond its trace, and what was. */
import { computed, signal } from '@preact/signals';
import type { Expected } from '../api/marked';
import type { AnswerPath, PathTrace } from '../api/types';
import type { ContrastView } from '../maths/contrast';
import { passagePositions } from '../maths/extent';
import type { Inside } from '../maths/lookup';
import { meanRow, type Words } from '../maths/words';
import { perPath } from '../paths/paths';
import { chosenTokens } from './focus';

/** A head, or where it is null the mean of those that the engine watches. */
export type HeadChoice = { readonly layer: number; readonly head: number } | null;

/** Which look-up inside the decoder is shown. */
export interface LookUp {
  readonly path: AnswerPath;
  readonly token: number;
  readonly head: HeadChoice;
}

/** Some tokens of an answer, and the head whose attention is wanted of them. */
export interface Rows {
  readonly path: PathTrace;
  readonly tokens: readonly number[];
  readonly head: NonNullable<HeadChoice>;
}

/** Finds things out; an exported page has none and shows what came with it. */
export interface Laboratory {
  /** Has the words of a path read, unless they are there or on their way. */
  readonly readWords: (path: PathTrace) => Promise<void>;
  /** Has the attention of one token computed and shown. */
  readonly lookUp: (wanted: LookUp) => void;
  /** The same of the head that gave passages most at that token. */
  readonly lookInside: (path: AnswerPath, token: number) => void;
  /** What single tokens attended to by one head; null where it cannot be had. */
  readonly readRows: (wanted: Rows) => Promise<Words | null>;
  /** Has the attention of one token computed, whatever is shown; null where it cannot be had. */
  readonly inspect: (wanted: LookUp) => Promise<Inside | null>;
  /** Tests whether the passages of a path mattered, with so many random sets of them as well. */
  readonly test: (path: AnswerPath, sets: number) => void;
  readonly cancelTest: (path: AnswerPath) => void;
  /** Keeps what was expected of the contrast that is shown. */
  readonly mark: (expected: Expected) => Promise<void>;
}

export const laboratory = signal<Laboratory | null>(null);

/** The laboratory, if it can do something for what is shown. */
export function laboratoryFor(view: ContrastView): Laboratory | null {
  return view.origin === 'example' || view.trace.status === 'running' ? null : laboratory.value;
}

/** Of which heads words are. */
export type WordHeads = HeadChoice | 'best';

/** The words of a path: on their way, there, or why not. */
export type WordsState =
  | { readonly state: 'reading' }
  | {
      readonly state: 'there';
      readonly words: Words;
      /** Positions inside passages, over which levels are scaled. */
      readonly positions: readonly number[];
      /** The heads that they are of: one, or those that were detected; null where that is not known. */
      readonly heads: WordHeads;
    }
  | { readonly state: 'failed'; readonly why: string };

export const words = signal<Partial<Record<AnswerPath, WordsState>>>({});

/** The words of a path as they are shown. */
export function wordsThere(path: PathTrace, found: Words, heads: WordHeads = null): WordsState {
  const positions = path.prompt === null ? [] : passagePositions(path.prompt);
  return { state: 'there', words: found, positions, heads };
}

/** How strongly every position is tinted, 0 to 1, for the chosen tokens. */
export interface Tints {
  readonly strengths: Float32Array;
  readonly mass: Float32Array;
}

/** The share of the strongest below which a word is not tinted. */
const INVISIBLE = 0.01;

export const tints = perPath((path) => computed(() => tintsOf(path)));

function tintsOf(path: AnswerPath): Tints | null {
  const known = words.value[path];
  if (known?.state !== 'there') {
    return null;
  }
  const mass = meanRow(known.words, chosenTokens(path).value);
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

/** How far a test is. */
export type TestState =
  /** Another path of the contrast is being tested. */
  | { readonly state: 'waiting' }
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
  | { readonly state: 'computing'; readonly wanted: LookUp; readonly before: Inside | null }
  | { readonly state: 'there'; readonly wanted: LookUp; readonly inside: Inside }
  /** Not found out while that was possible. */
  | { readonly state: 'unknown'; readonly wanted: LookUp }
  | { readonly state: 'failed'; readonly wanted: LookUp; readonly why: string };

export const lookUp = signal<LookUpState | null>(null);

/** A look-up and what it found. */
export interface Found {
  readonly wanted: LookUp;
  readonly inside: Inside;
}

/** Every look-up that was found for what is shown, the latest last. */
export const found = signal<readonly Found[]>([]);

/** What a look-up found before. */
export function foundBefore(wanted: LookUp): Inside | null {
  const same = (other: LookUp) =>
    other.path === wanted.path &&
    other.token === wanted.token &&
    other.head?.layer === wanted.head?.layer &&
    other.head?.head === wanted.head?.head;
  return found.value.find((one) => same(one.wanted))?.inside ?? null;
}

/** Shows a look-up of those that were found; without a laboratory there are no others. */
export function recall(wanted: LookUp): void {
  const inside = foundBefore(wanted);
  lookUp.value =
    inside === null ? { state: 'unknown', wanted } : { state: 'there', wanted, inside };
}
