import { expect, it } from 'vitest';
import { passageTrace, readingPath, trace } from '../testing/traces';
import { letterOf, marksOf } from './marks';

it('names passages A to Z, then AA', () => {
  expect([0, 25, 26, 27, 52].map(letterOf)).toEqual(['A', 'Z', 'AA', 'AB', 'BA']);
});

it('marks by retrieval’s rank first, the same in every lane', () => {
  const hits = [passageTrace(8, { rank: 1, tokens: null })];
  const lanes = [readingPath('rag'), { ...readingPath('attention') }];
  const marks = marksOf(trace(lanes), hits);
  expect(marks.get(8)?.letter).toBe('A');
  expect(marks.get(7)?.letter).toBe('B');
  expect(marks.size).toBe(2);
});
