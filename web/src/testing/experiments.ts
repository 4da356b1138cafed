/** Small experiments for tests. */
import type { ExperimentResult, ExperimentRow } from '../api/types';
import type { Asked } from '../experiments/outcomes';

export const row = (
  path: string,
  settings: Readonly<Record<string, string>> = {},
): ExperimentRow => ({
  name: [path, ...Object.entries(settings).map(([name, value]) => `${name}=${value}`)].join(' '),
  path,
  settings,
});

export const result = (
  values: Readonly<Record<string, number>>,
  changes: Partial<ExperimentResult> = {},
): ExperimentResult => ({
  question: 'q',
  row: 'rag',
  contrast: null,
  answer: 'an answer',
  ended: 'stop',
  values,
  ...changes,
});

/** A question with what each row answered: contained or not; null where nothing yet. */
export const asked = (...right: readonly (boolean | null)[]): Asked => ({
  question: { id: 'q', text: 'Who?', answers: ['Alan'], answerable: true, relevant: {} },
  results: right.map((each) => (each === null ? null : result({ contained: each ? 1 : 0 }))),
});
