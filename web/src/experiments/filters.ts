/** Which of an experiment's questions are looked at. */
import type { ExperimentRow } from '../api/types';
import { type Move, moveOf } from './moves';
import { SEARCH } from './order';
import { type Asked, goldRead, isRight, outcomeOf } from './outcomes';

export type Filter =
  | { readonly kind: 'all' }
  /** Right by one path, whichever of its rows, and by no other. */
  | { readonly kind: 'alone'; readonly path: string }
  | { readonly kind: 'every' }
  | { readonly kind: 'none' }
  | { readonly kind: 'read'; readonly read: boolean }
  | { readonly kind: 'moved'; readonly from: number; readonly to: number; readonly move: Move };

/** Rows that are given the documents that answer, and those that rank them, are no ways to answer. */
const NO_WAYS: readonly string[] = ['oracle', SEARCH];

const counts = ({ path }: ExperimentRow) => !NO_WAYS.includes(path);

/** The paths that filters speak of. */
export const pathsOf = (rows: readonly ExperimentRow[]): readonly string[] => [
  ...new Set(rows.filter(counts).map(({ path }) => path)),
];

/** What can be chosen of these rows. */
export function filtersOf(rows: readonly ExperimentRow[]): readonly Filter[] {
  const paths = pathsOf(rows);
  return [
    { kind: 'all' },
    ...(paths.length > 1 ? paths.map((path) => ({ kind: 'alone', path }) as const) : []),
    { kind: 'every' },
    { kind: 'none' },
    { kind: 'read', read: true },
    { kind: 'read', read: false },
  ];
}

export function passes(asked: Asked, filter: Filter, rows: readonly ExperimentRow[]): boolean {
  const paths = pathsOf(rows);
  const right = pathsOf(rows.filter((_, place) => isRight(asked.results[place] ?? null)));
  switch (filter.kind) {
    case 'all':
      return true;
    case 'alone':
      return right.length === 1 && right[0] === filter.path;
    case 'every':
      return paths.length > 0 && right.length === paths.length;
    case 'none':
      return right.length === 0 && judged(asked, rows);
    case 'read': {
      const read = rows.map((row, place) =>
        counts(row) ? goldRead(asked.results[place] ?? null) : null,
      );
      return filter.read ? read.includes(true) : read.includes(false) && !read.includes(true);
    }
    case 'moved':
      return moveOf(asked, filter.from, filter.to) === filter.move;
  }
}

/** Whether an answer can be called right or wrong by now. */
const judged = ({ results }: Asked, rows: readonly ExperimentRow[]): boolean =>
  rows.some((row, place) => {
    const result = results[place] ?? null;
    return counts(row) && result !== null && outcomeOf(result) !== null;
  });

/** Whether a question, its gold answers or what was answered holds these words. */
export function holds({ question, results }: Asked, words: string): boolean {
  const sought = words.trim().toLowerCase();
  return [question.text, ...question.answers, ...results.map((each) => each?.answer ?? '')].some(
    (text) => text.toLowerCase().includes(sought),
  );
}
