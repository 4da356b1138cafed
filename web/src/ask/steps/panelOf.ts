import type { AnswerPath } from '../../api/types';

/** The name of a lane's open step, by which its buttons find it. */
export const panelOf = (path: AnswerPath): string => `step-${path}`;
