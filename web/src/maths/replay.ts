/** A finished contrast as it stood at any moment while it ran, from the times in its trace. Pure. */
import type { PathTrace, Trace } from '../api/types';
import { type ContrastView, emptyPath, type Waiting } from './contrast';

/** How often the reading of a prompt is shown to advance. */
const READING_STEPS = 20;

/** When the steps of a path happened, in milliseconds since the question was asked. */
interface Moments {
  readonly found: number;
  readonly reading: number;
  readonly first: number;
  readonly end: number;
}

function momentsOf({ timings, tokens }: PathTrace): Moments {
  const found = timings.retrievalMs ?? 0;
  const reading = found + (timings.queueMs ?? 0);
  const first = Math.max(reading, timings.firstTokenMs ?? reading);
  const spoken = (tokens.at(-1)?.ms ?? 0) - (tokens[0]?.ms ?? 0);
  return { found, reading, first, end: Math.max(first + spoken, timings.totalMs ?? 0) };
}

/** When a token appeared. */
function momentOf(path: PathTrace, token: number): number {
  const begun = path.tokens[0]?.ms ?? 0;
  return momentsOf(path).first + ((path.tokens[token]?.ms ?? begun) - begun);
}

/** How long it all took, in milliseconds. */
export function lengthOf(trace: Trace): number {
  return Math.max(0, ...trace.paths.map((path) => momentsOf(path).end));
}

/** Every moment at which something changed, ascending; the first is 0. */
export function changesOf(trace: Trace): readonly number[] {
  const all = trace.paths.flatMap((path) => {
    const { found, reading, first, end } = momentsOf(path);
    const steps = Array.from(
      { length: READING_STEPS },
      (_, step) => reading + ((first - reading) * step) / READING_STEPS,
    );
    return [found, ...steps, ...path.tokens.map((_, token) => momentOf(path, token)), end];
  });
  return [...new Set([0, ...all])].sort((a, b) => a - b);
}

/** The contrast as it stood at a moment. */
export function viewAt(whole: ContrastView, ms: number): ContrastView {
  const { trace } = whole;
  if (ms >= lengthOf(trace)) {
    return whole;
  }
  const found = trace.paths.some((path) => ms >= momentsOf(path).found && path.prompt !== null);
  const waiting: Partial<Record<string, Waiting>> = {};
  const paths = trace.paths.map((path) => {
    waiting[path.path] = waitingAt(path, ms);
    return pathAt(path, ms);
  });
  return {
    ...whole,
    hits: found ? whole.hits : [],
    waiting,
    trace: {
      ...trace,
      status: 'running',
      paths,
      encoder: found ? trace.encoder : null,
      questionVector: found ? trace.questionVector : null,
      reranking: found ? (trace.reranking ?? null) : null,
    },
  };
}

function pathAt(path: PathTrace, ms: number): PathTrace {
  const { found, end } = momentsOf(path);
  if (ms < found) {
    return emptyPath(path.path);
  }
  if (ms >= end) {
    return path;
  }
  const tokens = path.tokens.filter((_, token) => momentOf(path, token) <= ms);
  return {
    ...path,
    tokens,
    answer: tokens.map(({ text }) => text).join(''),
    finishReason: null,
    error: null,
    timings: emptyPath(path.path).timings,
  };
}

function waitingAt(path: PathTrace, ms: number): Waiting {
  const { found, reading, first } = momentsOf(path);
  const total = path.prompt?.tokens ?? 0;
  const cached = path.prompt?.cachedTokens ?? 0;
  if (ms < found || ms >= first) {
    return { queued: null, prefill: null };
  }
  if (ms < reading) {
    return { queued: 0, prefill: null };
  }
  const share = (ms - reading) / Math.max(1, first - reading);
  const done = cached + Math.round((total - cached) * share);
  return { queued: null, prefill: { done: Math.min(done, total), total, cached } };
}
