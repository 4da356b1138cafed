import { expect, it } from 'vitest';
import type { Evidence, PathTrace } from '../api/types';
import { readingPath } from '../testing/traces';
import { tellingWord } from './telling';

/** Words with their attention to a passage. */
function reading(...words: readonly (readonly [string, number])[]): PathTrace {
  const tokens = words.map(([text, mass], id) => ({
    id,
    text,
    logprob: 0,
    ms: 1,
    mass: [0, 0, 0, mass],
  }));
  return { ...readingPath(), tokens };
}

const PATH = reading(['To', 0.9], [' find', 0.2], ['s', 0.8], [' package', 0.4], ['.', 0.7]);

it('is a whole word that read most, not the first, a syllable or a full stop', () => {
  expect(tellingWord(PATH)).toBe(3);
  expect(tellingWord(reading(['可以', 0.1], ['软件', 0.3], ['的', 0.6]))).toBe(1);
});

it('is the word that the passages made likeliest, where that was tested', () => {
  const gains = [9, 4, 8, 1, 7].map((logprob) => ({ logprob, without: 0, origin: 'documents' }));
  expect(tellingWord({ ...PATH, evidence: { tokens: gains } as unknown as Evidence })).toBe(1);
});

it('is any word that read where no word is whole', () => {
  expect(tellingWord(reading(['a', 0.2], ['b', 0.3]))).toBe(1);
});
