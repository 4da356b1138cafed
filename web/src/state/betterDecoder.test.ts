import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ModelStatus, Trace } from '../api/types';
import { SAFE_ANSWERS } from '../testing/models';
import { readingPath, trace } from '../testing/traces';
import { betterFor, refused, take, taking } from './betterDecoder';
import { collections, models } from './catalogue';
import { chosenModel } from './draft';

const model = (name: string, changes: Partial<ModelStatus>): ModelStatus => ({
  name,
  title: name,
  languages: ['en'],
  licence: 'MIT',
  bytes: 100,
  memoryBytes: 1,
  context: 2048,
  state: 'available',
  progress: null,
  message: null,
  lacks: null,
  isDefault: false,
  answers: SAFE_ANSWERS,
  ...changes,
});

const small = model('small', { state: 'loaded', isDefault: true });
const large = model('large', { languages: ['en', 'zh'], bytes: 900 });

const asked = (question: string, finishReason: 'stop' | 'length'): Trace => ({
  ...trace([{ ...readingPath(), finishReason }]),
  status: 'complete',
  question,
  collection: 'faq',
  model: { name: 'small', checksum: '00', format: 'int8' },
});

beforeEach(() => {
  models.value = [small, large];
  collections.value = [];
  chosenModel.value = null;
});

afterEach(() => {
  vi.unstubAllGlobals();
});

it('offers nothing where nothing fell short', () => {
  expect(betterFor(asked('What is dpkg?', 'stop'))).toBeNull();
  expect(betterFor({ ...asked('什么是 dpkg？', 'stop'), status: 'running' })).toBeNull();
});

it('offers one that speaks Chinese for a Chinese question or library', () => {
  expect(betterFor(asked('什么是 dpkg？', 'stop'))).toMatchObject({
    why: 'language',
    model: large,
  });
  collections.value = [
    {
      name: 'faq',
      title: 'faq',
      language: 'zh-CN',
      encoder: 'bge',
      values: 'raw',
      documents: 1,
      passages: 1,
      bytes: 0,
      examples: [],
    },
  ];
  expect(betterFor(asked('dpkg?', 'stop'))).toMatchObject({ why: 'language', model: large });
  models.value = [small];
  expect(betterFor(asked('dpkg?', 'stop'))).toBeNull();
});

it('offers a larger one where an answer was cut, one that is here before one that is not', () => {
  const cut = asked('What is dpkg?', 'length');
  expect(betterFor(cut)).toMatchObject({ why: 'cut', model: large });
  const other = model('other', { bytes: 2_000, state: 'installed' });
  models.value = [small, large, other];
  expect(betterFor(cut)?.model).toEqual(other);
  models.value = [small, model('tiny', { bytes: 10, state: 'loaded' })];
  expect(betterFor(cut)).toBeNull();
});

/** A server whose steps take one look each, unless a step fails. */
function serve(failing: string | null): string[] {
  const calls: string[] = [];
  let state: ModelStatus['state'] = 'available';
  const answer = (value: unknown) =>
    Promise.resolve(new Response(JSON.stringify(value), { status: 200 }));
  vi.stubGlobal('fetch', (path: string) => {
    if (path === '/api/models') {
      if (state === 'pulling' || state === 'loading') {
        const done = state === 'pulling' ? 'installed' : 'loaded';
        state = state === failing ? 'failed' : done;
      }
      return answer({
        models: [small, { ...large, state, message: state === 'failed' ? 'no' : null }],
      });
    }
    calls.push(path);
    state = path.endsWith('/pull') ? 'pulling' : 'loading';
    return answer({ ...large, state });
  });
  return calls;
}

it('fetches, loads and chooses it by one call', async () => {
  const calls = serve(null);
  await take(large);
  expect(calls).toEqual(['/api/models/large/pull', '/api/models/large/load']);
  expect(chosenModel.value).toBe('large');
  expect(refused.value).toBeNull();
  expect(taking.value).toBeNull();
});

it('says why it cannot be had, and chooses nothing', async () => {
  const calls = serve('pulling');
  await take(large);
  expect(calls).toEqual(['/api/models/large/pull']);
  expect(refused.value).toBe('No.');
  expect(chosenModel.value).toBeNull();
});
