import { expect, it } from 'vitest';
import { readingPath } from '../testing/traces';
import { citationsOf } from './citations';

/** Tokens with what they gave passages 7 and 8, of 40 and 50 tokens. */
const path = (
  written: readonly (readonly [text: string, seven: number, eight: number])[],
  finishReason: 'stop' | null = 'stop',
) => ({
  ...readingPath(),
  finishReason,
  tokens: written.map(([text, seven, eight], id) => ({
    id,
    text,
    logprob: -1,
    ms: id,
    mass: [1 - seven - eight, 0, 0, seven, eight, 0],
  })),
});

it('names behind each sentence what it attended most, more than length alone would draw', () => {
  const found = citationsOf(
    path([
      ['It is', 0.4, 0.1],
      [' so', 0.2, 0.1],
      ['.', 0.3, 0.1],
      [' Both', 0.2, 0.25],
      [' say', 0.2, 0.25],
      ['.', 0.2, 0.25],
      ['\n', 0, 0],
    ]),
  );
  expect(found.map(({ token, passages }) => [token, passages.map(({ id }) => id)])).toEqual([
    [2, [7]],
    [5, [8, 7]],
  ]);
});

it('says nothing of a sentence that looked elsewhere, or is not whole yet', () => {
  expect(citationsOf(path([['Hello there.', 0.005, 0.005]]))).toEqual([]);
  expect(citationsOf(path([['It is so', 0.4, 0.1]], null))).toEqual([]);
});
