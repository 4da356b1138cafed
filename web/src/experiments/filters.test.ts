import { expect, it } from 'vitest';
import { asked, result, row } from '../testing/experiments';
import { type Filter, filtersOf, holds, passes } from './filters';
import type { Asked } from './outcomes';

const ROWS = [
  row('closed-book'),
  row('rag', { k: '3' }),
  row('rag', { k: '5' }),
  row('attention'),
  row('oracle'),
];

const kept = (filter: Filter, all: readonly Asked[]) =>
  all.map((each) => passes(each, filter, ROWS));

it('finds what one path alone answers right, in whichever of its rows and whatever the oracle says', () => {
  const all = [
    asked(false, true, true, false, true),
    asked(false, false, true, false, false),
    asked(true, true, false, false, false),
    asked(false, false, false, false, true),
  ];
  expect(kept({ kind: 'alone', path: 'rag' }, all)).toEqual([true, true, false, false]);
  expect(kept({ kind: 'alone', path: 'closed-book' }, all)).toEqual([false, false, false, false]);
});

it('finds what every path and what no path answers right', () => {
  const all = [
    asked(true, false, true, true, false),
    asked(false, false, false, false, true),
    asked(true, false, false, false, true),
  ];
  expect(kept({ kind: 'every' }, all)).toEqual([true, false, false]);
  expect(kept({ kind: 'none' }, all)).toEqual([false, true, false]);
});

it('does not say that every path is right where none answers', () => {
  expect(passes(asked(null), { kind: 'every' }, [row('search')])).toBe(false);
});

it('does not say of a question without an answer that no path has it right', () => {
  expect(kept({ kind: 'none' }, [asked(null, null, null, null, null)])).toEqual([false]);
});

it('tells what was read from what was not, and both from what nobody knows', () => {
  const read = (gold: number | null): Asked => ({
    ...asked(),
    results: [
      null,
      gold === null ? result({}) : result({ gold_read: gold }),
      null,
      null,
      result({ gold_read: 1 }),
    ],
  });
  const all = [read(1), read(0), read(null)];
  expect(kept({ kind: 'read', read: true }, all)).toEqual([true, false, false]);
  expect(kept({ kind: 'read', read: false }, all)).toEqual([false, true, false]);
});

it('finds what moved between two rows', () => {
  const all = [asked(false, true), asked(true, false), asked(true, true), asked(null, true)];
  expect(kept({ kind: 'moved', from: 0, to: 1, move: 'gained' }, all)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

it('offers each path but the oracle alone, and none where there is one path only', () => {
  const alone = (rows: typeof ROWS) =>
    filtersOf(rows).flatMap((filter) => (filter.kind === 'alone' ? [filter.path] : []));
  expect(alone(ROWS)).toEqual(['closed-book', 'rag', 'attention']);
  expect(alone([row('rag'), row('oracle'), row('search')])).toEqual([]);
});

it('searches question, known answers and what was answered', () => {
  const one = asked(true);
  for (const words of ['who', ' ALAN ', 'an answer', '']) {
    expect(holds(one, words), words).toBe(true);
  }
  expect(holds(one, 'skerryvore')).toBe(false);
});
