import { expect, it } from 'vitest';
import { choose, shownIn } from './lanes';

const FOUR = ['closed', 'memory', 'rag', 'attention'];
const ORDER = ['attention', 'rag'];

it('shows every lane where all have room', () => {
  expect(shownIn(FOUR, ORDER, 4)).toEqual(FOUR);
  expect(shownIn(FOUR.slice(0, 3), [], 3)).toEqual(FOUR.slice(0, 3));
});

it('shows a pair where not all have room, and one on a phone', () => {
  expect(shownIn(FOUR, ORDER, 3)).toEqual(['rag', 'attention']);
  expect(shownIn(FOUR, ORDER, 1)).toEqual(['rag']);
  expect(shownIn(['closed', 'memory', 'graph'], ORDER, 2)).toEqual(['memory', 'graph']);
});

it('lets the lane that was chosen take the place of the one chosen longest ago', () => {
  const closed = choose(ORDER, 'closed');
  expect(shownIn(FOUR, closed, 2)).toEqual(['closed', 'rag']);
  expect(shownIn(FOUR, choose(closed, 'rag'), 1)).toEqual(['rag']);
  expect(shownIn(FOUR, choose(closed, 'rag'), 2)).toEqual(['closed', 'rag']);
});
