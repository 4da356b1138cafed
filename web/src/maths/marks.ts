/** One letter and one colour for each passage of a contrast, the same in every lane and chart. */
import type { PassageTrace, Trace } from '../api/types';

/** How many hues stay apart for colour-blind eyes; later passages repeat them, striped. */
export const HUES = 7;

/** How a passage is shown wherever it appears. */
export interface Mark {
  readonly letter: string;
  /** 0 to {@link HUES} - 1. */
  readonly hue: number;
  /** Which repetition of the hues this is, from 0. */
  readonly round: number;
}

/** A to Z, then AA, AB and so on. */
export function letterOf(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? letterOf(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

/** Marks passages in the order of retrieval, then in the order they stand in prompts. */
export function marksOf(trace: Trace, hits: readonly PassageTrace[]): ReadonlyMap<number, Mark> {
  const marks = new Map<number, Mark>();
  const add = (passage: PassageTrace) => {
    if (!marks.has(passage.id)) {
      const index = marks.size;
      marks.set(passage.id, {
        letter: letterOf(index),
        hue: index % HUES,
        round: Math.floor(index / HUES),
      });
    }
  };
  const all = [...hits, ...trace.paths.flatMap((path) => path.passages)];
  all
    .filter((passage) => passage.retrieved !== null)
    .sort((a, b) => (a.retrieved?.rank ?? 0) - (b.retrieved?.rank ?? 0))
    .forEach(add);
  all.forEach(add);
  return marks;
}

/** The colour of a mark as a custom property of the style sheet. */
export const colourOf = (mark: Mark | undefined): string =>
  mark === undefined ? 'var(--neutral-2)' : `var(--hue-${mark.hue})`;
