import { describe, expect, it } from 'vitest';
import type { ContrastEvent } from '../api/types';
import { passageTrace, readingPath, trace } from '../testing/traces';
import { apply, begin, type ContrastView, viewOf } from './contrast';

const follow = (events: readonly ContrastEvent[]): ContrastView =>
  events.reduce<ContrastView>(
    (view, event, index) => apply(view, event, index),
    begin(trace([]), ['rag', 'closed-book']),
  );

const token = (text: string, index: number): ContrastEvent => ({
  type: 'token',
  path: 'rag',
  index,
  token: { id: index, text, logprob: -1, ms: index, mass: [] },
});

const rag = (view: ContrastView) => view.trace.paths.find(({ path }) => path === 'rag');

describe('apply', () => {
  it('has a lane for every path from the start, in a fixed order', () => {
    const view = follow([{ type: 'started', trace: trace([]) }]);
    expect(view.trace.paths.map(({ path }) => path)).toEqual(['closed-book', 'rag']);
  });

  it('collects what retrieval, prompt and tokens say', () => {
    const { prompt, passages } = readingPath();
    if (prompt === null) {
      throw new Error('the path has a prompt');
    }
    const notice = { code: 'cut-by-budget', values: { cut: 1 }, text: 'One was cut.' } as const;
    const view = follow([
      {
        type: 'retrieved',
        searched: 'Which package?',
        encoder: { name: 'minilm', dimensions: 384 },
        questionVector: { first: [0.1], norm: 1 },
        hits: [passageTrace(7, { rank: 1, tokens: null })],
        encodeMs: 1,
        searchMs: 2,
      },
      { type: 'prompt', path: 'rag', prompt, passages, notice },
      token('Use', 0),
      token(' dpkg', 1),
    ]);
    expect(view.hits).toHaveLength(1);
    expect(view.trace.encoder?.name).toBe('minilm');
    expect(rag(view)).toMatchObject({ answer: 'Use dpkg', notice });
    expect(view.lastEvent).toBe(3);
  });

  it('keeps a token once when a rejoined stream repeats it', () => {
    expect(rag(follow([token('Use', 0), token('Use', 0), token(' it', 1)]))?.answer).toBe('Use it');
  });

  it('shows the queue and the reading, and forgets both with the first token', () => {
    const queued: ContrastEvent = { type: 'queued', path: 'rag', position: 2 };
    const reading: ContrastEvent = { type: 'prefill', path: 'rag', done: 5, total: 9, cached: 1 };
    expect(follow([queued]).waiting.rag?.queued).toBe(2);
    expect(follow([queued, reading]).waiting.rag).toEqual({
      queued: null,
      prefill: { done: 5, total: 9, cached: 1 },
    });
    expect(follow([queued, reading, token('a', 0)]).waiting.rag?.prefill).toBeNull();
  });

  it('keeps what came when a path is cancelled', () => {
    const view = follow([
      token('Use', 0),
      {
        type: 'finished',
        path: 'rag',
        answer: 'Use',
        finishReason: 'cancelled',
        error: null,
        prompt: null,
        passages: [],
        timings: {
          queueMs: 1,
          retrievalMs: null,
          prefillMs: null,
          firstTokenMs: null,
          totalMs: null,
        },
      },
      { type: 'ended', status: 'cancelled', problem: null },
    ]);
    expect(rag(view)).toMatchObject({ answer: 'Use', finishReason: 'cancelled' });
    expect(rag(view)?.tokens).toHaveLength(1);
    expect(view.trace.status).toBe('cancelled');
  });
});

it('finds the hits of a stored trace in its lanes', () => {
  expect(viewOf(trace([readingPath()]), 'stored').hits.map(({ id }) => id)).toEqual([7, 8]);
});
