import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Trace } from '../api/types';
import { readingPath, trace } from '../testing/traces';
import { target } from './draft';
import { pin, pinned } from './focus';
import { replay, startReplay } from './replay';
import { earlier } from './earlier';
import { besideOf } from '../paths/laneNames';
import { route } from './route';
import { ask, connection, failure, leave, open, running } from './run';
import { view } from './shown';

const A = '00000000-0000-0000-0000-00000000000a';
const B = '00000000-0000-0000-0000-00000000000b';

const ended = (id: string, change: Partial<Trace> = {}): Trace => ({
  ...trace([readingPath()]),
  id,
  conversation: id,
  status: 'complete',
  ...change,
});

let answers: Record<string, () => Promise<Response>> = {};
let asked: string[] = [];

beforeEach(() => {
  answers = {};
  asked = [];
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    const found = Object.entries(answers).find(([begin]) => path.startsWith(begin));
    return found?.[1]() ?? Promise.resolve(new Response('{}', { status: 404 }));
  });
});

afterEach(() => {
  leave();
  vi.unstubAllGlobals();
});

const json = (value: unknown) => () => Promise.resolve(new Response(JSON.stringify(value)));

it('asks the server for nothing that names no contrast', async () => {
  for (const id of ['%', '.', '..', '\0', 'abc', 'x'.repeat(100_000), `${A}?`]) {
    await open(id);
    expect(failure.value?.status, id.slice(0, 20)).toBe(404);
    expect(view.value).toBeNull();
    expect(running.value).toBe(false);
  }
  expect(asked).toEqual([]);
});

it('shows nothing of the contrast before when the next cannot be opened', async () => {
  answers[`/api/contrasts/${A}`] = json(ended(A));
  await open(A);
  if (view.value !== null) {
    startReplay(view.value);
  }
  pin('rag', [1], false);
  await open(B);
  expect(failure.value?.status).toBe(404);
  expect(view.value).toBeNull();
  expect(pinned.value).toBeNull();
  expect(replay.value).toBeNull();
});

it('keeps the contrast that was opened last, whatever comes late of the one before', async () => {
  let late: (response: Response) => void = () => undefined;
  answers[`/api/contrasts/${A}`] = json(ended(A, { status: 'running', conversation: B }));
  answers[`/api/conversations/${B}`] = () =>
    new Promise((resolve) => {
      late = resolve;
    });
  answers[`/api/contrasts/${B}`] = json(ended(B));
  const first = open(A);
  await vi.waitFor(() => {
    expect(view.value?.trace.id).toBe(A);
  });
  await open(B);
  late(new Response('{"contrasts":[]}'));
  await first;
  expect(view.value?.trace.id).toBe(B);
  expect(view.value?.trace.status).toBe('complete');
  expect(connection.value).toBe('idle');
});

it('is not stuck when a contrast it followed was deleted meanwhile', async () => {
  let reads = 0;
  answers[`/api/contrasts/${A}/events`] = () =>
    Promise.resolve(new Response('{}', { status: 404 }));
  answers[`/api/contrasts/${A}`] = () =>
    ++reads === 1
      ? json(ended(A, { status: 'running' }))()
      : Promise.resolve(new Response('{}', { status: 404 }));
  await open(A);
  expect(running.value).toBe(false);
  expect(failure.value?.status).toBe(404);
  expect(view.value?.lost).toBe(true);
});

it('shows the turns before although one of them was deleted', async () => {
  answers[`/api/contrasts/${A}`] = json(ended(A));
  answers[`/api/contrasts/${B}`] = json(ended(B, { conversation: A }));
  answers[`/api/conversations/${A}`] = json({
    contrasts: [
      { id: '00000000-0000-0000-0000-00000000000c', conversation: A, createdAt: '2000-01-01' },
      { id: A, conversation: A, createdAt: '2000-01-02' },
      { id: B, conversation: A, createdAt: '9999-01-01' },
    ],
  });
  await open(B);
  expect(failure.value).toBeNull();
  expect(earlier.value.map(({ id }) => id)).toEqual([A]);
});

it('has the next question asked of what the opened contrast was asked of', async () => {
  const asked = { collection: 'law', scope: ['code.md'], style: 'full' as const };
  const model = { name: 'qwen', checksum: '00', format: 'int8' };
  answers[`/api/contrasts/${A}`] = json(ended(A, { ...asked, model }));
  await open(A);
  expect(target.value).toMatchObject({ ...asked, model: 'qwen', paths: ['rag'] });
});

it('shows a contrast that stands beside another with it, and alone where that was deleted', async () => {
  answers[`/api/contrasts/${A}`] = json(ended(A));
  answers[`/api/contrasts/${B}`] = json(ended(B, { conversation: A, beside: A }));
  await open(B);
  expect(view.value?.trace.id).toBe(A);
  expect(view.value?.beside?.id).toBe(B);
  expect(view.value?.trace.paths.map(({ path }) => path)).toEqual(['rag', besideOf('rag')]);
  leave();
  answers[`/api/contrasts/${A}`] = () => Promise.resolve(new Response('{}', { status: 404 }));
  await open(B);
  expect(view.value?.trace.id).toBe(B);
  expect(view.value?.beside).toBeNull();
  expect(failure.value).toBeNull();
});

it('asks once more beside the first when that ended, in its conversation', async () => {
  const bodies: unknown[] = [];
  const told = (id: string, beside: string | null) => {
    const head = { ...ended(id, { conversation: A, beside }), status: 'running', paths: [] };
    const events = [
      { type: 'started', trace: head },
      { type: 'ended', status: 'complete', problem: null },
    ];
    return events.map((event, i) => `id: ${i}\ndata: ${JSON.stringify(event)}\n\n`).join('');
  };
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    bodies.push(JSON.parse(init.body as string));
    return Promise.resolve(new Response(bodies.length === 1 ? told(A, null) : told(B, A)));
  });
  await ask({ question: 'Why?', paths: ['rag'] }, { question: 'Why?', paths: ['rag'], k: 1 });
  expect(bodies).toEqual([
    { question: 'Why?', paths: ['rag'] },
    { question: 'Why?', paths: ['rag'], k: 1, conversation: null, beside: A },
  ]);
  expect(view.value?.beside?.id).toBe(B);
  expect(view.value?.trace.paths.map(({ path }) => path)).toEqual(['rag', besideOf('rag')]);
  expect(running.value).toBe(false);
  expect(route.value).toEqual({ screen: 'contrast', id: B });
});
