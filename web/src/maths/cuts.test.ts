import { expect, it } from 'vitest';
import { cutsOf, leastCertain, nearest } from './cuts';

/** Probabilities of .6, .2 and .1, and a tenth that others have. */
const place = {
  id: 2,
  logprob: Math.log(0.2),
  rank: 2,
  candidates: [
    { id: 1, text: ' a', logprob: Math.log(0.6) },
    { id: 2, text: ' b', logprob: Math.log(0.2) },
    { id: 3, text: ' c', logprob: Math.log(0.1) },
  ],
  // At a temperature of .5 squares are drawn by: .36, .04, .01 and, say, ten others of .01 each.
  normalisers: [Math.log(0.36 + 0.04 + 0.01 + 0.001), 0],
};
const TEMPERATURES = [0.5, 1];
const cuts = (drawing: Parameters<typeof cutsOf>[2]) => cutsOf(place, TEMPERATURES, drawing);
const cutBy = (drawing: Parameters<typeof cutsOf>[2]) =>
  cuts(drawing).candidates.map(({ cut }) => cut);

it('warms probabilities by what they are all divided by', () => {
  const { candidates, rest, more } = cuts({ temperature: 0.5, topK: 0, topP: 1 });
  expect(candidates[0]?.warmed).toBeCloseTo(0.36 / 0.411);
  expect(rest).toBeCloseTo(0.001 / 0.411);
  expect(more).toBe(true);
});

it('says what each setting cuts, in the order in which the sampler cuts', () => {
  expect(cutBy({ temperature: 0, topK: 0, topP: 1 })).toEqual([null, 'temperature', 'temperature']);
  expect(cutBy({ temperature: 1, topK: 2, topP: 1 })).toEqual([null, null, 'topK']);
  expect(cutBy({ temperature: 1, topK: 0, topP: 0.7 })).toEqual([null, null, 'topP']);
  // Of the two that top-k left, the first has three quarters.
  expect(cutBy({ temperature: 1, topK: 2, topP: 0.7 })).toEqual([null, 'topP', 'topK']);
  expect(cuts({ temperature: 1, topK: 0, topP: 0.95 }).more).toBe(true);
  expect(cuts({ temperature: 1, topK: 3, topP: 1 }).more).toBe(false);
});

it('finds the nearest temperature, and where the decoder was least certain', () => {
  expect(nearest(TEMPERATURES, 0.6)).toBe(0.5);
  expect(nearest(TEMPERATURES, 0)).toBe(0);
  const sure = { ...place, logprob: -0.1 };
  const found = { path: 'rag', temperatures: [], tokens: [place, sure, place, sure] } as const;
  expect(leastCertain({ ...found, given: 0 })).toBe(0);
  expect(leastCertain({ ...found, given: 1 })).toBe(2);
});
