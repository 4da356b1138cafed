import { afterEach, expect, it, vi } from 'vitest';
import { Problem } from './client';
import { join, start } from './stream';
import type { ContrastEvent } from './types';

afterEach(() => {
  vi.unstubAllGlobals();
});

function answering(chunks: readonly string[], status = 200): ReturnType<typeof vi.fn> {
  const body = new ReadableStream({
    start(controller) {
      const encoder = new TextEncoder();
      chunks.forEach((chunk) => {
        controller.enqueue(encoder.encode(chunk));
      });
      controller.close();
    },
  });
  const fetched = vi.fn(() => Promise.resolve(new Response(body, { status })));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

async function collect(run: (listener: Parameters<typeof start>[1]) => Promise<void>) {
  const events: (readonly [number, ContrastEvent])[] = [];
  await run({ onEvent: (event, index) => events.push([index, event]) });
  return events;
}

it('reads events wherever the network cuts them, and skips pings', async () => {
  answering([
    'id: 0\nevent: queued\ndata: {"type":"queued","path":"rag","pos',
    'ition":1}\n\n: ping\n\nid: 1\nevent: ended\ndata: {"type":"ended","status":"complete"}\n\n',
  ]);
  const events = await collect((listener) =>
    start({ question: 'q', paths: ['rag'] }, listener, new AbortController().signal),
  );
  expect(events).toEqual([
    [0, { type: 'queued', path: 'rag', position: 1 }],
    [1, { type: 'ended', status: 'complete' }],
  ]);
});

it('joins behind the last event seen', async () => {
  const fetched = answering([]);
  await collect((listener) => join('abc', 41, listener, new AbortController().signal));
  expect(fetched).toHaveBeenCalledWith(
    '/api/contrasts/abc/events',
    expect.objectContaining({
      headers: { accept: 'text/event-stream', 'last-event-id': '41' },
    }),
  );
});

it('tells a refusal in the server’s words', async () => {
  answering(['{"title":"Too Many Requests","status":429,"detail":"The queue is full."}'], 429);
  const refused = collect((listener) =>
    start({ question: 'q', paths: ['rag'] }, listener, new AbortController().signal),
  );
  await expect(refused).rejects.toEqual(new Problem(429, 'The queue is full.'));
});
