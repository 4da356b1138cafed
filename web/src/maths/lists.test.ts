import { expect, test } from 'vitest';
import { passageTrace } from '../testing/traces';
import { listedOf, listsOf, placeIn, scoreIn } from './lists';

const NOW = {
  rank: 1,
  score: 0.2,
  dense: null,
  lexical: 7.5,
  lists: { memory: { score: 0.2, place: 3 }, lexical: { score: 7.5, place: 1 } },
};
const BEFORE = { rank: 2, score: 0.1, dense: 0.5, lexical: null };

test('every list that holds a passage is told by name, those that everybody knows first', () => {
  expect(listedOf(NOW)).toEqual([
    { list: 'lexical', score: 7.5, place: 1 },
    { list: 'memory', score: 0.2, place: 3 },
  ]);
});

test('a contrast from before lists had names has both searches', () => {
  expect(listedOf(BEFORE)).toEqual([{ list: 'dense', score: 0.5, place: null }]);
});

test('a table has a column for each list of any row', () => {
  const rows = [NOW, BEFORE, null].map((retrieved, id) => ({
    ...passageTrace(id, { rank: null, tokens: null }),
    retrieved,
  }));

  expect(listsOf(rows)).toEqual(['dense', 'lexical', 'memory']);
  expect(rows.map(({ retrieved }) => scoreIn('dense', retrieved))).toEqual([null, 0.5, null]);
});

test('where a passage stood before it was reranked is told by its place', () => {
  const reranked = { ...NOW, lists: { ...NOW.lists, fused: { score: 0.2, place: 4 } } };
  expect([reranked, NOW, null].map((each) => placeIn('fused', each))).toEqual([4, null, null]);
});
