/** What the table of paths says, also of a path in a stored trace that this page does not know. */
import type { AnswerPath } from '../api/types';
import { isKey, t } from '../i18n';
import { pathOf, standsBeside } from './laneNames';
import { type PathRow, ROWS, type StepKind } from './rows';

/** Every path that can be asked for, in the order of their lanes. */
export const PATHS = Object.keys(ROWS) as readonly AnswerPath[];

/** Those that a question is asked by unless somebody says otherwise. */
export const USUAL = PATHS.filter((path) => ROWS[path].usual);

/** The row of a lane's path; null for one that only a newer server knows. */
function rowOf(lane: AnswerPath): PathRow | null {
  const path = pathOf(lane);
  return Object.hasOwn(ROWS, path) ? ROWS[path] : null;
}

/** The steps of a path; null where they are not known. */
export const stepsOf = (path: AnswerPath): StepKind | null => rowOf(path)?.steps ?? null;

/** Whether passages can stand in a path's prompt; of a path that is not known they can. */
export const canRead = (path: AnswerPath): boolean => rowOf(path)?.reads !== 'nothing';

/** Whether a path reads what retrieval found. */
export const readsFound = (path: AnswerPath): boolean => rowOf(path)?.reads === 'found';

/** Whether a path reads the scope, whatever retrieval found. */
export const readsScope = (path: AnswerPath): boolean => rowOf(path)?.reads === 'scope';

/** A path's name in the reader's language, else as the server calls it. */
export function titleOf(lane: AnswerPath): string {
  const path = pathOf(lane);
  const key = `path.${path}` as const;
  return isKey(key) ? t(key) : path;
}

/** A path in a few words; none for one that is not known. */
export function aboutOf(lane: AnswerPath): string {
  const key = `path.${pathOf(lane)}.about` as const;
  return isKey(key) ? t(key) : '';
}

/**
 * Lanes in the order of their paths, each with the one that stands beside it; those of paths that are
 * not known come last.
 */
export function inOrder<T extends { readonly path: AnswerPath }>(
  lanes: readonly T[],
): readonly T[] {
  const place = ({ path: lane }: T) => {
    const path = pathOf(lane);
    const row = PATHS.includes(path) ? PATHS.indexOf(path) : PATHS.length;
    return 2 * row + (standsBeside(lane) ? 1 : 0);
  };
  return [...lanes].sort((a, b) => place(a) - place(b));
}

/** Something for each path, made when it is first asked for. */
export function perPath<T>(make: (path: AnswerPath) => T): (path: AnswerPath) => T {
  const made = new Map<AnswerPath, T>();
  return (path) => {
    const known = made.get(path) ?? make(path);
    made.set(path, known);
    return known;
  };
}
