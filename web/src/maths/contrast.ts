/** A contrast as the page shows it, and how each event changes it. Pure. */
import type {
  AnswerPath,
  ContrastEvent,
  PassageTrace,
  PathTrace,
  Timings,
  Trace,
} from '../api/types';
import { inOrder } from '../paths/paths';

/** Where a contrast on the page came from. */
export type Origin = 'live' | 'stored' | 'example';

/** What a lane waits for before its first token. */
export interface Waiting {
  /** How many wait before it; null once it has a slot. */
  readonly queued: number | null;
  readonly prefill: {
    readonly done: number;
    readonly total: number;
    readonly cached: number;
  } | null;
}

/** All that is shown of one contrast. */
export interface ContrastView {
  readonly origin: Origin;
  readonly trace: Trace;
  /** The contrast that stands beside, whose lanes are among those of the trace; null for none. */
  readonly beside: Trace | null;
  readonly waiting: Partial<Record<AnswerPath, Waiting>>;
  /** What retrieval answered, best first. */
  readonly hits: readonly PassageTrace[];
  readonly encodeMs: number | null;
  readonly searchMs: number | null;
  /** Index of the last event seen; -1 before the first. */
  readonly lastEvent: number;
  /** Whether it ran when the connection to it was given up. */
  readonly lost: boolean;
}

const NO_TIMINGS: Timings = {
  queueMs: null,
  retrievalMs: null,
  prefillMs: null,
  firstTokenMs: null,
  totalMs: null,
};

const NOT_WAITING: Waiting = { queued: null, prefill: null };

/** A path of which nothing is known yet. */
export function emptyPath(path: AnswerPath): PathTrace {
  return {
    path,
    answer: '',
    finishReason: null,
    error: null,
    notice: null,
    prompt: null,
    passages: [],
    tokens: [],
    timings: NO_TIMINGS,
    evidence: null,
  };
}

/** A stored trace as a view. */
export function viewOf(trace: Trace, origin: Origin): ContrastView {
  const hits = new Map<number, PassageTrace>();
  for (const passage of trace.paths.flatMap((path) => path.passages)) {
    if (passage.retrieved !== null && !hits.has(passage.id)) {
      hits.set(passage.id, passage);
    }
  }
  return {
    origin,
    trace: { ...trace, paths: inOrder(trace.paths) },
    beside: null,
    waiting: {},
    hits: [...hits.values()].sort((a, b) => (a.retrieved?.rank ?? 0) - (b.retrieved?.rank ?? 0)),
    encodeMs: null,
    searchMs: null,
    lastEvent: -1,
    lost: false,
  };
}

/** The view a stream begins with; lanes for the paths that were asked stand from the start. */
export function begin(trace: Trace, asked: readonly AnswerPath[]): ContrastView {
  const known = new Set(trace.paths.map((path) => path.path));
  const paths = [...trace.paths, ...asked.filter((path) => !known.has(path)).map(emptyPath)];
  return viewOf({ ...trace, paths: inOrder(paths) }, 'live');
}

/** The view after an event. */
export function apply(view: ContrastView, event: ContrastEvent, index: number): ContrastView {
  return { ...changed(view, event), lastEvent: Math.max(index, view.lastEvent) };
}

function changed(view: ContrastView, event: ContrastEvent): ContrastView {
  switch (event.type) {
    case 'started':
      return begin(
        event.trace,
        view.trace.paths.map((path) => path.path),
      );
    case 'retrieved': {
      const { searched, encoder, questionVector, hits, encodeMs, searchMs } = event;
      const reranking = event.reranking ?? null;
      const trace = { ...view.trace, searched, encoder, questionVector, reranking };
      return { ...view, trace, hits, encodeMs, searchMs };
    }
    case 'prompt':
      return withPath(view, event.path, (path) => ({
        ...path,
        prompt: event.prompt,
        passages: event.passages,
        notice: event.notice,
      }));
    case 'queued':
      return withWaiting(view, event.path, { queued: event.position, prefill: null });
    case 'prefill': {
      const { done, total, cached } = event;
      return withWaiting(view, event.path, { queued: null, prefill: { done, total, cached } });
    }
    case 'token': {
      const next = withPath(view, event.path, (path) =>
        // A token that came before a reconnection comes again: it is already there.
        event.index < path.tokens.length
          ? path
          : {
              ...path,
              tokens: [...path.tokens, event.token],
              answer: path.answer + event.token.text,
            },
      );
      return withWaiting(next, event.path, NOT_WAITING);
    }
    case 'finished': {
      const next = withPath(view, event.path, (path) => ({
        ...path,
        answer: event.answer,
        finishReason: event.finishReason,
        error: event.error,
        prompt: event.prompt ?? path.prompt,
        passages: event.passages,
        timings: event.timings,
      }));
      return withWaiting(next, event.path, NOT_WAITING);
    }
    case 'ended':
      return { ...view, trace: { ...view.trace, status: event.status }, waiting: {} };
    case 'problem':
      return view;
  }
}

function withPath(
  view: ContrastView,
  name: AnswerPath,
  change: (path: PathTrace) => PathTrace,
): ContrastView {
  const known = view.trace.paths.some((path) => path.path === name);
  const paths = known ? view.trace.paths : inOrder([...view.trace.paths, emptyPath(name)]);
  return {
    ...view,
    trace: {
      ...view.trace,
      paths: paths.map((path) => (path.path === name ? change(path) : path)),
    },
  };
}

function withWaiting(view: ContrastView, name: AnswerPath, waiting: Waiting): ContrastView {
  const before = view.waiting[name];
  if (before?.queued === waiting.queued && before.prefill === waiting.prefill) {
    return view;
  }
  return { ...view, waiting: { ...view.waiting, [name]: waiting } };
}
