import { describe, expect, it } from 'vitest';
import { passageTrace, readingPath } from '../testing/traces';
import {
  agreementWithPosition,
  agreementWithRetrieval,
  kendallTauB,
  overlapAt,
  rank,
  rboAboveChance,
  tauB,
} from './agreement';
import { type Shares, sharesOf } from './mass';

const shares = (masses: Readonly<Record<number, number>>): Shares => ({
  slices: [],
  tokens: 1,
  passages: new Map(
    Object.entries(masses).map(([id, mass]) => [Number(id), { mass, lift: mass * Number(id) }]),
  ),
});

describe('kendallTauB', () => {
  it('is 1 for the same order and -1 for the reverse', () => {
    expect(kendallTauB([1, 2, 3, 4], [10, 20, 30, 40])).toBe(1);
    expect(kendallTauB([1, 2, 3, 4], [4, 3, 2, 1])).toBe(-1);
  });

  it('corrects for ties, as in the textbook example', () => {
    // scipy.stats.kendalltau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]) = -0.4714045207910316
    expect(kendallTauB([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.4714045207910316, 12);
  });

  it('is undefined for fewer than two values and for a constant list', () => {
    expect(kendallTauB([], [])).toBeNull();
    expect(kendallTauB([1], [1])).toBeNull();
    expect(kendallTauB([1, 1, 1], [1, 2, 3])).toBeNull();
  });
});

describe('rankings', () => {
  const passages = [
    passageTrace(1, { rank: 1, tokens: 10 }),
    passageTrace(2, { rank: 2, tokens: 10 }),
    passageTrace(3, { rank: 3, tokens: null }),
    passageTrace(4, { rank: null, tokens: 10 }),
  ];

  it('ranks what was read by mass and leaves the rest unranked', () => {
    const ranked = rank(passages, shares({ 1: 0.1, 2: 0.3, 4: 0.2 }), 'mass');
    expect(ranked.map((row) => [row.passage.id, row.retrieved, row.attended])).toEqual([
      [1, 1, 3],
      [2, 2, 1],
      [3, 3, null],
      [4, null, 2],
    ]);
  });

  it('ranks by lift when asked', () => {
    const ranked = rank(passages, shares({ 1: 0.3, 2: 0.2, 4: 0.2 }), 'lift');
    expect(ranked.find((row) => row.passage.id === 4)?.attended).toBe(1);
  });

  it('counts the overlap of the first k', () => {
    const ranked = rank(passages, shares({ 1: 0.1, 2: 0.3, 4: 0.2 }), 'mass');
    expect(overlapAt(ranked, 1)).toBe(0);
    expect(overlapAt(ranked, 2)).toBe(0.5);
    expect(overlapAt([], 2)).toBeNull();
  });

  it('compares only passages that both have', () => {
    expect(tauB(rank(passages, shares({ 1: 0.1, 2: 0.3, 4: 0.2 }), 'mass'))).toBe(-1);
    expect(tauB(rank(passages, shares({ 4: 0.2 }), 'mass'))).toBeNull();
  });
});

describe('rboAboveChance', () => {
  it('is 1 for the same order and below 0 for the reverse', () => {
    expect(rboAboveChance([1, 2, 3], [1, 2, 3])).toBeCloseTo(1, 9);
    expect(rboAboveChance([1, 2, 3, 4], [4, 3, 2, 1])).toBeLessThan(0);
    expect(rboAboveChance([1], [1])).toBeNull();
  });

  it('is 0 over all orders together', () => {
    const orders = [
      [1, 2, 3],
      [1, 3, 2],
      [2, 1, 3],
      [2, 3, 1],
      [3, 1, 2],
      [3, 2, 1],
    ];
    const sum = orders.reduce((all, order) => all + (rboAboveChance([1, 2, 3], order) ?? 0), 0);
    expect(sum).toBeCloseTo(0, 9);
  });
});

it('tells agreement with retrieval from the order in the prompt', () => {
  const path = readingPath();
  const ranked = rank(path.passages, sharesOf(path, new Set(), false), 'mass');
  expect(agreementWithRetrieval(ranked)).toMatchObject({ k: 1, overlap: 1, tau: 1 });
  expect(agreementWithPosition(ranked).tau).toBe(1);
});

it('does not call it agreement that all of a list are among all of it', () => {
  const of = (...masses: readonly number[]) => {
    const passages = masses.map((_, i) => passageTrace(i + 1, { rank: i + 1, tokens: 10 }));
    return agreementWithRetrieval(
      rank(passages, shares(Object.fromEntries(masses.map((mass, i) => [i + 1, mass]))), 'mass'),
    );
  };
  expect(of(0.1, 0.2, 0.3)).toMatchObject({ k: 2, overlap: 0.5, tau: -1 });
  expect(of(0.1, 0.2, 0.3, 0.4)).toMatchObject({ k: 3, overlap: 2 / 3 });
  expect(of(0.5), 'one passage can only agree').toMatchObject({ overlap: null, tau: null });
});
