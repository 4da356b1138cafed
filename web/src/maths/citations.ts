/** Which passages each sentence of an answer attended most: where it looked, not why it was written. */
import type { PathTrace } from '../api/types';
import { massOnPassage } from './mass';
import { sentencesOf } from './sentences';

export interface Citation {
  /** The sentence's last token. */
  readonly token: number;
  /** Most attended first. */
  readonly passages: readonly { readonly id: number; readonly mass: number }[];
}

/** Passages that are named behind one sentence. */
const MOST = 2;
/** What a passage must have at least of what the most attended one has. */
const NEAR = 0.5;
/** Below this share of attention on all passages a sentence was written from elsewhere. */
const LEAST = 0.02;

/**
 * Citations of the sentences that are whole. A passage is named that took at least as much of the
 * attention to passages as its length alone would take, and half of what the first one took.
 */
export function citationsOf(path: PathTrace): readonly Citation[] {
  const read = path.passages.filter(({ inPrompt }) => inPrompt !== null);
  const length = read.reduce((sum, { inPrompt }) => sum + (inPrompt?.tokens ?? 0), 0);
  const masses = read.map(({ id }) => massOnPassage(path, id));
  const sentences = sentencesOf(path.tokens.map(({ text }) => text));
  const whole = path.finishReason === null ? sentences.slice(0, -1) : sentences;
  return whole.flatMap(({ begin, end }) => {
    const means = masses.map(
      (mass) => mass.slice(begin, end).reduce((sum, value) => sum + value, 0) / (end - begin),
    );
    const all = means.reduce((sum, mean) => sum + mean, 0);
    const most = Math.max(0, ...means);
    if (all < LEAST) {
      return [];
    }
    const passages = read
      .map(({ id, inPrompt }, place) => ({
        id,
        mass: means[place] ?? 0,
        even: (inPrompt?.tokens ?? 0) / length,
      }))
      // A hundredth is what rounding makes of a passage that is alone.
      .filter(({ mass, even }) => mass >= NEAR * most && mass / all >= even - 0.01)
      .sort((a, b) => b.mass - a.mass)
      .slice(0, MOST)
      .map(({ id, mass }) => ({ id, mass }));
    return passages.length === 0 ? [] : [{ token: lastWritten(path, begin, end), passages }];
  });
}

/** The last token of a sentence that wrote something visible. */
function lastWritten({ tokens }: PathTrace, begin: number, end: number): number {
  for (let token = end - 1; token > begin; token--) {
    if ((tokens[token]?.text ?? '').trim() !== '') {
      return token;
    }
  }
  return begin;
}
