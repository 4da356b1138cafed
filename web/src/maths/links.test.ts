import { expect, it } from 'vitest';
import { strongestLinks } from './links';
import { wordsOf } from './words';

const words = wordsOf(
  ['sink', 'a', 'b', 'c'],
  [
    [0.9, 0.1, 0, 0],
    [0.1, 0.2, 0.5, 0.2],
    [0.3, 0.4, 0, 0.3],
  ],
);

it('gives the strongest links of a sentence into a passage, and no others', () => {
  const passage = { begin: 1, end: 3 };
  expect(strongestLinks(words, 4, { begin: 5, end: 7 }, passage, 2)).toEqual([
    { token: 5, column: 2, mass: expect.closeTo(0.5) as number },
    { token: 6, column: 1, mass: expect.closeTo(0.4) as number },
  ]);
  const all = strongestLinks(words, 4, { begin: 4, end: 9 }, passage, 99);
  expect(all).toHaveLength(4);
});
