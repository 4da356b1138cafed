import { describe, expect, it } from 'vitest';
import { attention, readingPath } from '../testing/traces';
import { insideOf, lengths, lookedUp, strongestHead } from './lookup';
import { sharesOf } from './mass';

const path = readingPath();

describe('lookedUp', () => {
  it('has the same passage on both sides, by rank', () => {
    const rows = lookedUp(path, path, [], sharesOf(path, new Set([1]), false), insideOf(attention));
    expect(rows.map(({ passage, rank, tokens }) => [passage.id, rank, tokens])).toEqual([
      [7, 1, 40],
      [8, 2, 50],
    ]);
    expect(rows[0]).toMatchObject({ cosine: 0.5, score: 3, mass: 0.2, value: 0.3, read: true });
  });

  it('shows the masses of the trace before anything was looked up', () => {
    const rows = lookedUp(path, undefined, [], sharesOf(path, new Set([1]), false), null);
    expect(rows[0]).toMatchObject({ tokens: null, score: null, mass: 0.4, value: null });
  });
});

it('adds up what a head gave to passages', () => {
  const inside = insideOf(attention);
  expect(inside.onPassages[0]?.[1]).toBeCloseTo(0.5, 9);
  expect(strongestHead(inside)).toEqual({ layer: 0, head: 1 });
});

it('measures lengths from the zero that is meant', () => {
  expect(lengths([1, null, 2], () => 0)).toEqual([0.5, null, 1]);
  expect(lengths([5, 6], (scores) => Math.min(...scores) - 1)).toEqual([0.5, 1]);
});
