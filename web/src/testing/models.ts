/** What decoders of tests answer with. */
import type { ModelStatus } from '../api/types';

export const SAFE_ANSWERS: ModelStatus['answers'] = {
  source: 'safe',
  defaults: {
    passages: 4,
    nearness: 0.95,
    bestLast: false,
    blankLine: true,
    opening: 'passage',
    loopPenalty: 3,
  },
};
