/** What the reader points at: tokens of an answer, or a passage. */
import { computed, signal } from '@preact/signals';
import type { AnswerPath } from '../api/types';
import { perPath } from '../paths/paths';

/** A set of tokens of one lane. */
export interface Chosen {
  readonly path: AnswerPath;
  readonly tokens: ReadonlySet<number>;
}

/** Where a card about a word stands, in pixels from the edge of what the word is in. */
export interface Place {
  readonly edge: 'top' | 'bottom';
  readonly offset: number;
}

/** A token pointed at, with those that make one word with it. */
interface Pointed {
  readonly path: AnswerPath;
  readonly token: number;
  readonly word?: readonly number[];
  /** Absent where no card is to be shown. */
  readonly place?: Place | null;
}

export const hoveredToken = signal<Pointed | null>(null);
export const pinned = signal<Chosen | null>(null);
export const hoveredPassage = signal<number | null>(null);
/** The step that is open in every lane, 1 to 4; 0 for none. */
export const openStep = signal(0);

const NOTHING: ReadonlySet<number> = new Set();

/** The tokens a lane's evidence is about: those pinned, else the one pointed at, else all. */
export const chosenTokens = perPath((path) => computed(() => chosenIn(path)));

function chosenIn(path: AnswerPath): ReadonlySet<number> {
  const hovered = hoveredToken.value;
  if (hovered?.path === path) {
    return new Set(hovered.word ?? [hovered.token]);
  }
  return pinned.value?.path === path ? pinned.value.tokens : NOTHING;
}

/** Pins a word's tokens; with `add`, beside those already pinned in the lane; again, to let them go. */
export function pin(path: AnswerPath, word: readonly number[], add: boolean): void {
  const before = pinned.value?.path === path ? pinned.value.tokens : NOTHING;
  const tokens = new Set(add ? before : []);
  const again = word.every((token) => before.has(token));
  for (const token of word) {
    if (again && (add || before.size === word.length)) {
      tokens.delete(token);
    } else {
      tokens.add(token);
    }
  }
  pinned.value = tokens.size === 0 ? null : { path, tokens };
}

/** Lets everything go. */
export function clearFocus(): void {
  pinned.value = null;
  hoveredToken.value = null;
  hoveredPassage.value = null;
}
