import { describe, expect, it } from 'vitest';
import { readingPath, trace } from '../testing/traces';
import { viewOf } from './contrast';
import { changesOf, lengthOf, viewAt } from './replay';

const told = {
  ...readingPath(),
  finishReason: 'stop' as const,
  timings: { queueMs: 10, retrievalMs: 20, prefillMs: 70, firstTokenMs: 100, totalMs: 160 },
};
const whole = viewOf({ ...trace([told]), status: 'complete' as const }, 'stored');
const at = (ms: number) => viewAt(whole, ms);

describe('viewAt', () => {
  it('shows nothing before retrieval answered', () => {
    expect(at(0).hits).toEqual([]);
    expect(at(0).trace.paths[0]?.prompt).toBeNull();
  });

  it('shows the queue, then how far the prompt is read', () => {
    expect(at(25).waiting.rag?.queued).toBe(0);
    expect(at(65).waiting.rag?.prefill).toEqual({ done: 50, total: 100, cached: 0 });
    expect(at(65).hits).toHaveLength(2);
  });

  it('writes each token when it came', () => {
    expect(at(100).trace.paths[0]?.answer).toBe('Use');
    expect(at(149).trace.paths[0]?.answer).toBe('Use');
    expect(at(150).trace.paths[0]?.answer).toBe('Use dpkg');
    expect(at(150).trace.status).toBe('running');
  });

  it('is the contrast itself at the end', () => {
    expect(lengthOf(whole.trace)).toBe(160);
    expect(at(160)).toBe(whole);
  });
});

it('changes at every moment that matters, in order', () => {
  const changes = changesOf(whole.trace);
  expect(changes[0]).toBe(0);
  expect(changes).toEqual([...changes].sort((a, b) => a - b));
  expect(changes).toEqual(expect.arrayContaining([20, 30, 100, 150, 160]));
});
