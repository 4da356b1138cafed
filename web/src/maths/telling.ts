/** Which word of an answer shows best that it was looked up. */
import type { PathTrace } from '../api/types';
import { massOnDocuments, mostReading } from './mass';

/** A word worth explaining: letters enough to be read out, at the beginning of a token. */
const WORD = /^\s?(\p{L}{4,}|\p{Script=Han}{2,})$/u;

/**
 * The whole word that the passages made likelier than any other, where that was tested; else the one
 * that took most from them. The first of an answer has nothing else to look at, so it tells nothing.
 */
export function tellingWord(path: PathTrace): number {
  const masses = massOnDocuments(path);
  const tested = path.evidence?.tokens;
  const score = (index: number) => {
    const token = tested?.[index];
    return token === undefined ? (masses[index] ?? 0) : token.logprob - token.without;
  };
  const words = path.tokens.flatMap(({ text }, index) =>
    index > 0 && WORD.test(text) ? [index] : [],
  );
  return (
    words.reduce<number | null>(
      (best, index) => (best === null || score(index) > score(best) ? index : best),
      null,
    ) ?? mostReading(path)
  );
}
