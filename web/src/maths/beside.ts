/** Two contrasts of one question as one view, whose lanes stand side by side. Pure. */
import type { AnswerPath, ContrastEvent, Trace } from '../api/types';
import { besideOf, standsBeside } from '../paths/laneNames';
import { inOrder } from '../paths/paths';
import type { ContrastView } from './contrast';

/** A trace with its lanes called as those that stand beside another's. */
export const traceBeside = (trace: Trace): Trace => ({
  ...trace,
  paths: trace.paths.map((path) => ({ ...path, path: besideOf(path.path) })),
});

/** An event of a contrast that stands beside another. */
export const eventBeside = (event: ContrastEvent): ContrastEvent =>
  'path' in event ? { ...event, path: besideOf(event.path) } : event;

/** A contrast, and the one that stands beside it. */
export function sideBySide(main: ContrastView, other: ContrastView): ContrastView {
  const known = new Set(main.hits.map(({ id }) => id));
  const { status } = other.trace.status === 'running' ? other.trace : main.trace;
  return {
    ...main,
    trace: { ...main.trace, status, paths: inOrder([...main.trace.paths, ...other.trace.paths]) },
    beside: other.trace,
    waiting: { ...main.waiting, ...other.waiting },
    hits: [...main.hits, ...other.hits.filter(({ id }) => !known.has(id))],
    lost: main.lost || other.lost,
  };
}

/** The contrast that is shown, without the lanes of the one beside it. */
export const mainOf = ({ trace }: ContrastView): Trace => ({
  ...trace,
  paths: trace.paths.filter(({ path }) => !standsBeside(path)),
});

/** The contrast that a lane is of. */
export const traceOf = (view: ContrastView, lane: AnswerPath): Trace =>
  standsBeside(lane) && view.beside !== null ? view.beside : view.trace;
