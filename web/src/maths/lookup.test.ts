import { describe, expect, it } from 'vitest';
import type { Attention } from '../api/evidence';
import { readingPath } from '../testing/traces';
import { lengths, lookedUp, onPassages } from './lookup';
import { evidenceOf } from './mass';

const path = readingPath();
const parts = path.prompt?.parts ?? [];
const attention: Attention = {
  path: 'rag',
  tokens: [1],
  selected: [[0, 0]],
  parts,
  mass: [0.3, 0.05, 0.05, 0.4, 0.1, 0.1],
  lift: [],
  share: [],
  score: [0, 0, 0, 3, 2, 0],
  layers: 1,
  heads: 1,
  headMass: [[[0.3, 0.05, 0.05, 0.4, 0.1, 0.1]]],
  headScore: [],
  positions: null,
  step: {
    layer: 0,
    head: 0,
    token: 1,
    query: { first: [1], norm: 1 },
    parts: parts.map((_, index) => ({ score: index, mass: index / 15, value: index / 10 })),
  },
};

describe('lookedUp', () => {
  it('has the same passage on both sides, by rank', () => {
    const rows = lookedUp(path, path, [], evidenceOf(path, new Set([1]), false), attention);
    expect(rows.map(({ passage, rank, tokens }) => [passage.id, rank, tokens])).toEqual([
      [7, 1, 40],
      [8, 2, 50],
    ]);
    expect(rows[0]).toMatchObject({ cosine: 0.5, score: 3, mass: 0.2, value: 0.3, read: true });
  });

  it('shows the masses of the trace before anything was looked up', () => {
    const rows = lookedUp(path, undefined, [], evidenceOf(path, new Set([1]), false), null);
    expect(rows[0]).toMatchObject({ tokens: null, score: null, mass: 0.4, value: null });
  });
});

it('adds up what a head gave to passages', () => {
  expect(onPassages(attention, 0, 0)).toBeCloseTo(0.5, 9);
});

it('measures lengths from the zero that is meant', () => {
  expect(lengths([1, null, 2], () => 0)).toEqual([0.5, null, 1]);
  expect(lengths([5, 6], (scores) => Math.min(...scores) - 1)).toEqual([0.5, 1]);
});
