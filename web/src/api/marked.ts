/** Questions that are marked at contrasts: what should have been answered, and from which passage. */
import { json, send } from './client';
import type { MarkedQuestion } from './types';

/** What somebody says was expected. */
export type Expected = { readonly answer: string } | { readonly passage: number };

export const markQuestion = (contrast: string, expected: Expected) =>
  json<MarkedQuestion>('/api/questions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ contrast, ...expected }),
  });

export const markedQuestions = async () =>
  (await json<{ questions: readonly MarkedQuestion[] }>('/api/questions')).questions;

export const deleteMarked = (id: string) =>
  send(`/api/questions/${encodeURIComponent(id)}`, { method: 'DELETE' });

/** All of them as a dataset, a line of JSON each. */
export const exportMarked = async () => (await send('/api/questions.jsonl')).text();
