import { expect, it } from 'vitest';
import type { Evidence, PathTrace } from '../api/types';
import { readingPath } from '../testing/traces';
import { originsOf } from './origins';

function tested(ids: readonly number[], origin: 'known' | 'documents'): PathTrace {
  const tokens = ids.map((id) => ({ id, text: ' w', logprob: 0, ms: 1, mass: [] }));
  const evidence = { tokens: ids.map(() => ({ logprob: 0, without: 0, origin })) };
  return { ...readingPath(), tokens, evidence: evidence as unknown as Evidence };
}

const LOOP = [1, 2, 3, 4, 5, 6, 7];

it('does not call known what an answer only says again', () => {
  const origins = originsOf(tested([...LOOP, ...LOOP, 8], 'known'));
  expect(origins?.slice(0, 7)).toEqual(LOOP.map(() => 'known'));
  expect(origins?.slice(7, 14)).toEqual(LOOP.map(() => 'repeated'));
  expect(origins?.[14]).toBe('known');
});

it('leaves to the documents what they made likely, and short phrases alone', () => {
  expect(originsOf(tested([...LOOP, ...LOOP], 'documents'))).not.toContain('repeated');
  expect(originsOf(tested([1, 2, 3, 1, 2, 3, 1, 2], 'known'))).not.toContain('repeated');
});

it('says nothing before a test', () => {
  expect(originsOf(readingPath())).toBeNull();
});
