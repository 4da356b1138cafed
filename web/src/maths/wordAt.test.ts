import { expect, it } from 'vitest';
import { textOf, wordAt } from './wordAt';

const tokens = (...texts: readonly string[]) =>
  texts.map((text, id) => ({ id, text, logprob: 0, ms: 0, mass: [] }));

it('puts the tokens of one word together, and leaves words and signs apart', () => {
  const said = tokens('The', ' keep', 'er', ' Al', 'an', '’', 's', ' lamp', '.');
  expect(wordAt(said, 1)).toEqual([1, 2]);
  expect(wordAt(said, 2)).toEqual([1, 2]);
  expect(wordAt(said, 0)).toEqual([0]);
  expect(wordAt(said, 8)).toEqual([8]);
  expect(textOf(said, wordAt(said, 4))).toBe('Alan');
});

it('keeps names of commands and files in one piece', () => {
  const said = tokens(' apt', '-file', ' search', ' foo', '.conf', '.');
  expect(textOf(said, wordAt(said, 1))).toBe('apt-file');
  expect(textOf(said, wordAt(said, 3))).toBe('foo.conf');
});

it('takes Chinese tokens as the words that they are', () => {
  const said = tokens('可以', '使用', ' apt', '-file', '查找');
  expect(wordAt(said, 0)).toEqual([0]);
  expect(wordAt(said, 4)).toEqual([4]);
});
