/** Which tokens of an answer make one word, as people see words. */
import type { PathTrace } from '../api/types';

type Tokens = PathTrace['tokens'];

/** Letters, of which signs in the middle of names and commands are no border. */
const LETTERS = /^[-_./]?[\p{L}\p{N}\p{M}_]+$/u;
const HAN = /\p{Script=Han}/u;

/** Whether a token goes on with the word that the one before it is part of. */
function goesOn(tokens: Tokens, index: number): boolean {
  const text = tokens[index]?.text ?? '';
  const before = tokens[index - 1]?.text ?? '';
  // What decoders cut a Chinese sentence into are words already.
  return LETTERS.test(text) && LETTERS.test(before.trim()) && !HAN.test(text) && !HAN.test(before);
}

/** The tokens of the word that a token is part of, in order. */
export function wordAt(tokens: Tokens, index: number): readonly number[] {
  let begin = index;
  while (begin > 0 && goesOn(tokens, begin)) {
    begin--;
  }
  let end = index + 1;
  while (end < tokens.length && goesOn(tokens, end)) {
    end++;
  }
  return Array.from({ length: end - begin }, (_, i) => begin + i);
}

/** The text of some tokens, in order. */
export function textOf(tokens: Tokens, chosen: Iterable<number>): string {
  return [...chosen]
    .sort((a, b) => a - b)
    .map((index) => tokens[index]?.text ?? '')
    .join('')
    .trim();
}
