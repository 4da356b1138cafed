/** A document's text as its passages divide it. */
import type { Correction, DocumentPassage } from '../api/types';

/** A part of the text: what a passage says of it, or what no passage has. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** Null where it is in no passage, or in one that is left out. */
  readonly passage: DocumentPassage | null;
  readonly correction: Correction | null;
}

/** The stretches of a text, in order; white space between passages is none. */
export function stretchesOf(
  text: string,
  passages: readonly DocumentPassage[],
  corrections: readonly Correction[],
): readonly Stretch[] {
  const applied = corrections.filter((correction) => correction.applied);
  const own: Stretch[] = passages.map((passage) => ({
    start: passage.start,
    end: passage.end,
    passage,
    correction: applied.find((correction) => correction.passage === passage.id) ?? null,
  }));
  const left = applied
    .filter(({ text }) => text === null)
    .map((correction) => ({
      start: correction.start,
      end: correction.end,
      passage: null,
      correction,
    }));
  const stretches: Stretch[] = [];
  let at = 0;
  const between = (end: number) => {
    const part = text.slice(at, end);
    if (part.trim() !== '') {
      stretches.push({
        start: at + part.length - part.trimStart().length,
        end: at + part.trimEnd().length,
        passage: null,
        correction: null,
      });
    }
  };
  for (const stretch of [...own, ...left].sort((a, b) => a.start - b.start)) {
    between(stretch.start);
    stretches.push(stretch);
    at = Math.max(at, stretch.end);
  }
  between(text.length);
  return stretches;
}

/** Where a passage of a trace stands in the text; null if it does not any more. */
export function locate(
  place: { readonly start: number; readonly end: number; readonly text: string | null },
  text: string,
  passages: readonly DocumentPassage[],
): { readonly start: number; readonly end: number } | null {
  const { start, end } = place;
  if (place.text === null) {
    return { start, end };
  }
  const wanted = words(place.text);
  if (words(text.slice(start, end)) === wanted) {
    return { start, end };
  }
  // One that was corrected by hand, or a summary, says something else than the text.
  const said = passages.find(({ value }) => words(value) === wanted);
  if (said !== undefined) {
    return { start: said.start, end: said.end };
  }
  const at = text.indexOf(place.text.trim());
  return at < 0 ? null : { start: at, end: at + place.text.trim().length };
}

function words(value: string): string {
  return value.replace(/\s+/g, ' ').trim();
}
