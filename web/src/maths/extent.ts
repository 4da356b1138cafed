/** Where passages lie among the tokens of a prompt, and which stretch of one is worth showing. */
import type { PromptTrace } from '../api/types';

/** Positions of a prompt: the first, and the one behind the last. */
export interface Extent {
  readonly begin: number;
  readonly end: number;
}

/** The stretches of the prompt that show a passage. */
export function extentsOf(prompt: PromptTrace, passageId: number): readonly Extent[] {
  const found: Extent[] = [];
  let at = 0;
  for (const part of prompt.parts) {
    if (part.kind === 'passage' && part.passageId === passageId) {
      found.push({ begin: at, end: at + part.tokens });
    }
    at += part.tokens;
  }
  return found;
}

/** The positions of passages, all of them. */
export function passagePositions(prompt: PromptTrace): readonly number[] {
  const all: number[] = [];
  let at = 0;
  for (const part of prompt.parts) {
    if (part.kind === 'passage') {
      for (let i = 0; i < part.tokens; i++) {
        all.push(at + i);
      }
    }
    at += part.tokens;
  }
  return all;
}

/** Tokens of an excerpt. */
const EXCERPT = 44;
/** How far before an excerpt the beginning of its sentence is looked for. */
const BACK = 16;
const SENTENCE_END = /[.!?。！？\n]\s*$/;

/** The stretch of a passage that drew most attention, from the beginning of its sentence. */
export function bestStretch(
  extent: Extent,
  pieces: readonly string[],
  row: Float32Array,
  most = EXCERPT,
): Extent {
  const length = Math.min(most, extent.end - extent.begin);
  let sum = 0;
  for (let i = extent.begin; i < extent.begin + length; i++) {
    sum += row[i] ?? 0;
  }
  let best = extent.begin;
  let greatest = sum;
  for (let begin = extent.begin + 1; begin + length <= extent.end; begin++) {
    sum += (row[begin + length - 1] ?? 0) - (row[begin - 1] ?? 0);
    if (sum > greatest) {
      greatest = sum;
      best = begin;
    }
  }
  for (let begin = best; begin > Math.max(extent.begin, best - BACK); begin--) {
    if (SENTENCE_END.test(pieces[begin - 1] ?? '')) {
      return { begin, end: Math.min(extent.end, begin + length) };
    }
  }
  const begin = best - BACK <= extent.begin ? extent.begin : best;
  return { begin, end: Math.min(extent.end, begin + length) };
}
