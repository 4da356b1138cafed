/**
 * Names of lanes. The lane of a path is called as its path; that of the contrast which stands beside
 * the one that is shown has a sign behind it.
 */
import type { AnswerPath } from '../api/types';

const BESIDE = '~beside';

/** Whether a lane is of the contrast that stands beside the one that is shown. */
export const standsBeside = (lane: AnswerPath): boolean => lane.endsWith(BESIDE);

/** The lane of a path in the contrast that stands beside. */
export const besideOf = (path: AnswerPath): AnswerPath =>
  standsBeside(path) ? path : (`${path}${BESIDE}` as AnswerPath);

/** The path that answers in a lane. */
export const pathOf = (lane: AnswerPath): AnswerPath =>
  standsBeside(lane) ? (lane.slice(0, -BESIDE.length) as AnswerPath) : lane;
