import { expect, it } from 'vitest';
import { asked } from '../testing/experiments';
import { bandsOf, movesOf } from './moves';

it('counts moves between two rows, and leaves out what one of them has not answered', () => {
  const all = [
    asked(true, true),
    asked(true, false),
    asked(false, true),
    asked(false, true),
    asked(false, false),
    asked(true, null),
  ];
  expect(movesOf(all, 0, 1)).toEqual({ kept: 1, lost: 1, gained: 2, never: 1 });
  expect(movesOf(all, 1, 0)).toEqual({ kept: 1, lost: 2, gained: 1, never: 1 });
});

it('draws bands that fill both sides without lying on one another', () => {
  const bands = bandsOf({ kept: 1, lost: 2, gained: 3, never: 4 }, 100, 10);
  for (const side of ['left', 'right'] as const) {
    const sorted = [...bands].sort((a, b) => a[side] - b[side]);
    const ends = sorted.map((band) => [band[side], band[side] + band.thick]);
    expect(ends[0]?.[0]).toBe(0);
    expect(ends.at(-1)?.[1]).toBeCloseTo(110);
    ends.slice(1).forEach(([begin = 0], place) => {
      const gap = begin - (ends[place]?.[1] ?? 0);
      // Between right and wrong there is the gap, else nothing.
      expect(place === 1 ? gap - 10 : gap).toBeCloseTo(0);
    });
  }
});

it('draws nothing of no question', () => {
  expect(bandsOf({ kept: 0, lost: 0, gained: 0, never: 0 }, 100, 10)).toEqual([]);
});
