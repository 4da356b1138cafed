import { afterEach, expect, it } from 'vitest';
import { besideOf } from '../paths/laneNames';
import { readingPath, trace } from '../testing/traces';
import { laneTitle, sides } from './sides';

afterEach(() => {
  sides.value = null;
});

const main = trace([readingPath()]);
const titles = () => [laneTitle('rag'), laneTitle(besideOf('rag'))];

it('calls lanes by what they differ in, and by nothing else', () => {
  expect(titles()).toEqual(['RAG', 'RAG']);
  sides.value = { main, beside: { ...main, model: { ...main.model, name: 'large' } } };
  expect(titles()).toEqual(['RAG · tiny', 'RAG · large']);
  const sampling = { ...main.sampling, temperature: 0.8 };
  sides.value = { main, beside: { ...main, k: 3, sampling } };
  expect(titles()).toEqual(['RAG · k as usual · temperature 0', 'RAG · k 3 · temperature 0.8']);
  sides.value = { main, beside: main };
  expect(titles()).toEqual(['RAG · first', 'RAG · second']);
});
