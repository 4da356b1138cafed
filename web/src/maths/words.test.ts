import { describe, expect, it } from 'vitest';
import { readingPath } from '../testing/traces';
import { bestStretch, extentsOf, passagePositions } from './extent';
import { meanRow, pack, unpack, wordsOf } from './words';

const words = wordsOf(
  ['a', ' b', ' c'],
  [
    [0.5, 0.25],
    [0.1, 0.2, 0.7],
  ],
);

describe('words', () => {
  it('averages the chosen rows, or all', () => {
    expect([...meanRow(words, new Set([1]))].map((v) => Number(v.toFixed(3)))).toEqual([
      0.1, 0.2, 0.7,
    ]);
    expect([...meanRow(words, new Set())].map((v) => Number(v.toFixed(3)))).toEqual([
      0.3, 0.225, 0.35,
    ]);
  });

  it('is nearly the same after a byte for each number', () => {
    const again = unpack(pack(words));
    expect(again.pieces).toEqual(words.pieces);
    [...words.mass].forEach((value, at) => {
      expect(Math.abs((again.mass[at] ?? 1) - value)).toBeLessThan(0.7 / 255);
    });
  });
});

describe('extents', () => {
  const { prompt } = readingPath();

  it('finds a passage among the tokens of its prompt', () => {
    expect(prompt === null ? [] : extentsOf(prompt, 8)).toEqual([{ begin: 50, end: 100 }]);
    expect(prompt === null ? [] : passagePositions(prompt)).toHaveLength(90);
  });

  it('shows the stretch that drew most, from the beginning of its sentence', () => {
    const pieces = Array.from({ length: 200 }, (_, i) => (i === 80 ? '.' : ' w'));
    const row = new Float32Array(200);
    row[120] = 1;
    expect(bestStretch({ begin: 0, end: 200 }, pieces, row)).toEqual({ begin: 77, end: 121 });
    row[100] = 1;
    row[132] = 1;
    expect(bestStretch({ begin: 0, end: 200 }, pieces, row).begin).toBe(81);
    expect(bestStretch({ begin: 0, end: 5 }, pieces, row)).toEqual({ begin: 0, end: 5 });
  });
});
