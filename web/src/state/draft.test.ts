import { beforeEach, expect, it, vi } from 'vitest';
import type { DocumentCollection, ExampleQuestion, ModelStatus } from '../api/types';
import { SAFE_ANSWERS } from '../testing/models';
import { collections, collectionsKnown } from './catalogue';
import * as draft from './draft';
import { obstacleTo } from './target';

const EXAMPLE: ExampleQuestion = { question: 'Which?', scope: { selectors: ['a.md#One'] } };

const named = (name: string): DocumentCollection => ({
  name,
  title: name,
  language: 'en',
  encoder: 'minilm',
  values: 'raw',
  documents: 1,
  passages: 1,
  bytes: 0,
  examples: [EXAMPLE],
});

const model = (name: string, languages: readonly string[], isDefault: boolean): ModelStatus => ({
  name,
  title: name,
  languages,
  licence: 'MIT',
  bytes: 1,
  memoryBytes: 1,
  context: 2048,
  state: 'loaded',
  progress: null,
  message: null,
  lacks: null,
  answers: SAFE_ANSWERS,
  isDefault,
});

beforeEach(() => {
  collections.value = [named('faq'), named('law')];
  collectionsKnown.value = true;
  draft.chooseCollection('faq');
  draft.chooseScope([]);
  draft.write('');
});

it('lets an example have its scope until its question is changed', () => {
  draft.applyExample(EXAMPLE);
  expect(draft.target.value.scope).toEqual(['a.md#One']);
  expect(draft.scopeIsExamples.value).toBe(true);
  draft.write('Which? ');
  expect(draft.target.value.scope, 'a space asks nothing else').toEqual(['a.md#One']);
  draft.write('Which one?');
  expect(draft.target.value.scope).toEqual([]);
  draft.write('Which?');
  expect(draft.target.value.scope, 'it is typed by the reader now').toEqual([]);
});

it('gives the reader’s own scope back after an example', () => {
  draft.chooseScope(['b.md']);
  draft.applyExample(EXAMPLE);
  draft.write('My own?');
  expect(draft.target.value.scope).toEqual(['b.md']);
});

it('keeps an example’s scope that the reader changed', () => {
  draft.applyExample(EXAMPLE);
  draft.chooseScope(['a.md']);
  draft.write('My own?');
  expect(draft.target.value.scope).toEqual(['a.md']);
});

it('takes no scope along to another collection', () => {
  draft.chooseScope(['b.md']);
  draft.applyExample(EXAMPLE);
  draft.chooseCollection('law');
  expect(draft.target.value).toMatchObject({ collection: 'law', scope: [] });
  draft.chooseCollection('faq');
  expect(draft.target.value.scope).toEqual([]);
});

it('names a collection that is gone, and asks no other', () => {
  draft.chooseCollection('law');
  draft.chooseScope(['b.md']);
  collections.value = [named('faq')];
  expect(draft.target.value.collection).toBe('law');
  expect(obstacleTo(draft.target.value)).toEqual({ kind: 'collection-gone', collection: 'law' });
});

it('lets every path be taken away, and nothing be asked then', () => {
  for (const path of draft.paths.value) {
    draft.togglePath(path);
  }
  expect(draft.paths.value).toEqual([]);
  expect(obstacleTo(draft.target.value)).toEqual({ kind: 'no-paths' });
  draft.togglePath('attention');
  draft.togglePath('closed-book');
  expect(draft.paths.value).toEqual(['closed-book', 'attention']);
  draft.togglePath('rag');
});

it('goes on with what a contrast was asked of, each to be changed', () => {
  draft.write('Half a question');
  draft.adopt({
    collection: 'law',
    scope: ['b.md'],
    model: 'qwen',
    paths: ['rag'],
    style: 'short',
    wishes: { temperature: 0.7, topP: 1, maxTokens: 300 },
  });
  expect(draft.target.value).toEqual({
    collection: 'law',
    scope: ['b.md'],
    model: 'qwen',
    paths: ['rag'],
    style: 'short',
    wishes: { temperature: 0.7, maxTokens: 300 },
  });
  expect(draft.question.value).toBe('');
  draft.chooseCollection('faq');
  expect(draft.target.value.scope, 'nothing of it is of another collection').toEqual([]);
});

it('keeps the reader’s collection and paths where a contrast had none', () => {
  draft.paths.value = ['closed-book', 'rag', 'attention'];
  draft.chooseCollection('law');
  draft.adopt({
    collection: null,
    scope: [],
    model: 'tiny',
    paths: [],
    style: null,
    wishes: {},
  });
  expect(draft.target.value).toMatchObject({
    collection: 'law',
    paths: ['closed-book', 'rag', 'attention'],
  });
});

it('begins with a collection in the reader’s language, and a decoder that speaks it', async () => {
  vi.resetModules();
  const [fresh, catalogue, { locale: language }] = await Promise.all([
    import('./draft'),
    import('./catalogue'),
    import('../i18n/locale'),
  ]);
  catalogue.collections.value = [named('faq'), { ...named('faq-zh'), language: 'zh' }];
  catalogue.models.value = [model('tiny', ['en'], true), model('qwen', ['en', 'zh'], false)];
  language.value = 'zh';
  expect(fresh.target.value).toMatchObject({ collection: 'faq-zh', model: 'qwen' });
  language.value = 'en';
  expect(fresh.target.value).toMatchObject({ collection: 'faq', model: 'tiny' });
  fresh.chooseCollection('faq-zh');
  expect(fresh.target.value.model, 'the default does not speak it').toBe('qwen');
});
