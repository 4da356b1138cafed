import { expect, it } from 'vitest';
import { sentencesOf } from './sentences';

const split = (texts: readonly string[]) =>
  sentencesOf(texts).map(({ begin, end }) => texts.slice(begin, end).join(''));

it('ends sentences where people end them, and not inside of names and numbers', () => {
  expect(split(['Use', ' dpkg', ' 1', '.', '21', '.', ' It', ' lists', ' files', '.'])).toEqual([
    'Use dpkg 1.21.',
    ' It lists files.',
  ]);
  expect(split(['灯塔', '叫', '斯凯里', '。', '守塔人', '叫', '艾伦', '。'])).toEqual([
    '灯塔叫斯凯里。',
    '守塔人叫艾伦。',
  ]);
});

it('keeps the number of an item with its text, and a last mark with its sentence', () => {
  expect(split(['1', '.', ' Open', ' it', '.', '\n', '2', '.', ' Close', ' it'])).toEqual([
    '1. Open it.',
    '\n2. Close it',
  ]);
  expect(split(['Yes, ', 'it is', '.', '\n'])).toEqual(['Yes, it is.\n']);
  expect(split([])).toEqual([]);
});
