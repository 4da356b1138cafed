import { beforeEach, describe, expect, it } from 'vitest';
import type { DocumentCollection, ModelState, ModelStatus, Trace } from '../api/types';
import { emptyPath } from '../maths/contrast';
import { SAFE_ANSWERS } from '../testing/models';
import { passageTrace, readingPath, trace } from '../testing/traces';
import { collections, collectionsKnown, models, modelsKnown } from './catalogue';
import { obstacleTo, requestFor, targetOf } from './target';

const collection = (name: string): DocumentCollection => ({
  name,
  title: name,
  language: 'en',
  encoder: 'minilm',
  values: 'raw',
  documents: 1,
  passages: 1,
  bytes: 0,
  examples: [],
});

const model = (name: string, state: ModelState, isDefault = false): ModelStatus => ({
  name,
  title: name,
  languages: ['en'],
  licence: 'MIT',
  bytes: 1,
  memoryBytes: 1,
  context: 2048,
  state,
  progress: null,
  message: null,
  lacks: null,
  isDefault,
  answers: SAFE_ANSWERS,
});

/** Asked of neither the first collection nor the default decoder, with nothing as by default. */
const asked = (): Trace => {
  const rag = readingPath();
  const used = { ...passageTrace(7, { rank: 1, tokens: 40 }), used: true };
  return {
    ...trace([
      {
        ...rag,
        passages: [used, passageTrace(8, { rank: 2, tokens: null })],
        prompt: rag.prompt === null ? null : { ...rag.prompt, budget: 512, left: 6 },
      },
    ]),
    conversation: 'first',
    collection: 'law',
    scope: ['code.md#Book 2'],
    model: { name: 'qwen', checksum: '00', format: 'int8' },
    style: 'full',
    k: 7,
    sampling: { ...trace([]).sampling, temperature: 0.7, seed: 11, maxTokens: 300, stop: ['\n'] },
  };
};

beforeEach(() => {
  collections.value = [collection('faq'), collection('law')];
  models.value = [model('tiny', 'loaded', true), model('qwen', 'loaded')];
  collectionsKnown.value = true;
  modelsKnown.value = true;
});

describe('a follow-up', () => {
  it('is asked of all that its conversation was asked of', () => {
    const request = requestFor(' And then? ', targetOf(asked()), 'first');

    expect(request).toEqual({
      question: 'And then?',
      conversation: 'first',
      collection: 'law',
      scope: ['code.md#Book 2'],
      model: 'qwen',
      paths: ['rag'],
      style: 'full',
      k: 7,
      budget: 512,
      sampling: { ...asked().sampling },
    });
  });

  it('of a closed book alone names no collection', () => {
    const closed = { ...asked(), collection: null, scope: [], paths: [emptyPath('closed-book')] };
    const request = requestFor('Why?', targetOf(closed), 'first');

    expect(request).not.toHaveProperty('collection');
    expect(request.paths).toEqual(['closed-book']);
    expect(obstacleTo(targetOf(closed))).toBeNull();
  });

  it('of a contrast that failed before it read anything asks for what is usual', () => {
    const failed = { ...asked(), k: null, paths: [emptyPath('attention'), emptyPath('rag')] };

    const request = requestFor('Why?', targetOf(failed), 'first');
    expect(request).toMatchObject({ paths: ['rag', 'attention'], budget: 2048 });
    expect(request, 'the server knows what is best for the decoder').not.toHaveProperty('k');
  });
});

describe('an obstacle', () => {
  it('is a collection or a decoder that is gone, never another in its place', () => {
    expect(obstacleTo(targetOf(asked()))).toBeNull();
    collections.value = [collection('faq')];
    expect(obstacleTo(targetOf(asked()))).toEqual({ kind: 'collection-gone', collection: 'law' });
    collections.value = [collection('law')];
    models.value = [model('tiny', 'loaded', true)];
    expect(obstacleTo(targetOf(asked()))).toEqual({ kind: 'model-gone', model: 'qwen' });
  });

  it('is a decoder that cannot answer now', () => {
    for (const state of ['installed', 'loading', 'failed', 'available', 'pulling'] as const) {
      models.value = [model('tiny', 'loaded', true), model('qwen', state)];
      expect(obstacleTo(targetOf(asked())), state).toMatchObject({
        kind: 'model-not-loaded',
        state,
      });
    }
  });

  it('is that nothing would answer, or nothing could be read', () => {
    const target = targetOf(asked());
    expect(obstacleTo({ ...target, paths: [] })).toEqual({ kind: 'no-paths' });
    expect(obstacleTo({ ...target, collection: null })).toEqual({ kind: 'no-collection' });
    expect(obstacleTo({ ...target, collection: null, paths: ['closed-book'] })).toBeNull();
    expect(obstacleTo({ ...target, model: null })).toEqual({ kind: 'no-model' });
  });

  it('is nothing of which the server has not said what it has', () => {
    collections.value = [];
    models.value = [];
    collectionsKnown.value = false;
    modelsKnown.value = false;
    expect(obstacleTo(targetOf(asked()))).toBeNull();
  });
});
