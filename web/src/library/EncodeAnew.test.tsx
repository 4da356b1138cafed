import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import type { DocumentCollection, Job } from '../api/types';
import { refreshLimits } from '../state/catalogue';
import { EncodeAnew } from './EncodeAnew';
import { Jobs } from './Jobs';
import { jobs } from '../state/uploads';

const FOUND: DocumentCollection = {
  name: 'faq',
  title: 'faq',
  language: 'en',
  encoder: 'old',
  values: 'raw',
  documents: 1,
  passages: 40,
  bytes: 0,
  examples: [],
};

const RUNNING: Job = {
  id: 'j',
  collection: 'faq',
  createdAt: new Date().toISOString(),
  finished: false,
  files: [{ name: 'new', state: 'running', passages: 10, error: null, notes: [] }],
  passagesDone: 10,
  passagesPerSecond: 5,
  waiting: null,
  encodes: true,
  remembers: false,
};

afterEach(() => {
  jobs.value = [];
  vi.unstubAllGlobals();
});

it('starts with another encoder than the own one, then shows how many passages have it', async () => {
  const sent: string[] = [];
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    if (init?.method === 'POST') {
      sent.push(`${path} ${typeof init.body === 'string' ? init.body : ''}`);
    }
    const encoders = [
      { name: 'old', languages: ['en'] },
      { name: 'new', languages: ['en', 'zh'] },
    ];
    const answer = path === '/api/limits' ? { documentFormats: [], encoders } : RUNNING;
    return Promise.resolve(new Response(JSON.stringify(answer)));
  });
  const box = document.createElement('div');
  const Both = () => (
    <>
      <EncodeAnew found={FOUND} />
      <Jobs collection="faq" passages={FOUND.passages} />
    </>
  );
  await act(() => {
    render(<Both />, box);
  });
  await act(refreshLimits);
  await act(() => box.querySelector('button')?.click());
  expect([...box.querySelectorAll('option')].map(({ value }) => value)).toEqual(['new']);
  await act(async () => {
    box.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await new Promise((resolve) => setTimeout(resolve));
  });
  expect(sent).toEqual(['/api/collections/faq/encode {"encoder":"new"}']);
  const progress = box.querySelector('progress');
  expect([progress?.value, progress?.max]).toEqual([10, 40]);
  expect(box.textContent).toContain('10 of 40 passages');
  expect(box.querySelector('form'), 'not twice at once').toBeNull();
});
