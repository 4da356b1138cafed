import { describe, expect, it } from 'vitest';
import { readingPath } from '../testing/traces';
import { documentMass, massOnPassage, sharesOf, tokensPerSecond } from './mass';

const NONE: ReadonlySet<number> = new Set();

describe('sharesOf', () => {
  it('averages the whole answer when nothing is chosen, and adds up to 1', () => {
    const shares = sharesOf(readingPath(), NONE, false);
    expect(shares.passages.get(7)?.mass).toBeCloseTo(0.3);
    expect(shares.passages.get(8)?.mass).toBeCloseTo(0.1);
    expect(shares.slices.reduce((sum, slice) => sum + slice.mass, 0)).toBeCloseTo(1);
    expect(shares.slices.reduce((sum, slice) => sum + slice.share, 0)).toBeCloseTo(1);
    expect(documentMass(shares)).toBeCloseTo(0.4);
  });

  it('takes only the chosen tokens', () => {
    const shares = sharesOf(readingPath(), new Set([1]), false);
    expect(shares.passages.get(7)?.mass).toBeCloseTo(0.4);
    expect(shares.tokens).toBe(1);
  });

  it('shares the rest out when the sink is left out', () => {
    const shares = sharesOf(readingPath(), new Set([0]), true);
    expect(shares.slices[0]?.mass).toBe(0);
    expect(shares.passages.get(7)?.mass).toBeCloseTo(0.4);
  });

  it('gives lift against the share of the prompt, as the server does', () => {
    expect(sharesOf(readingPath(), NONE, false).passages.get(7)?.lift).toBeCloseTo(0.75);
  });

  it('merges neighbours of one kind and counts the tokens written so far', () => {
    const { slices } = sharesOf(readingPath(), NONE, false);
    expect(slices.map((slice) => slice.kind)).toEqual([
      'sink',
      'template',
      'passage',
      'passage',
      'answer',
    ]);
    expect(slices[1]?.tokens).toBe(9);
    expect(slices.at(-1)?.tokens).toBe(2);
  });

  it('is all zero while nothing is written', () => {
    const shares = sharesOf({ ...readingPath(), tokens: [] }, NONE, true);
    expect(shares.slices.every((slice) => slice.mass === 0)).toBe(true);
  });
});

it('knows each token’s mass on a passage', () => {
  expect(massOnPassage(readingPath(), 7)).toEqual([0.2, 0.4]);
});

it('measures decoding from the first token to the last', () => {
  expect(tokensPerSecond(readingPath())).toBeCloseTo(20);
  expect(tokensPerSecond({ ...readingPath(), tokens: [] })).toBeNull();
});
