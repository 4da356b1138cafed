/** The answer paths, a row for each: all that tells one from another, in the order of their lanes. */
import type { AnswerPath } from '../api/types';

/** Which passages are put into a path's prompt: none, those that were found, those of the scope. */
export type Reads = 'nothing' | 'found' | 'scope';

/**
 * What the four steps of a path are: a look-up outside the decoder, one inside it over passages, or
 * one inside it over instruction and question alone.
 */
export type StepKind = 'outside' | 'inside' | 'alone';

/** One path; its words are in the dictionaries, under `path.` and its name. */
export interface PathRow {
  readonly reads: Reads;
  readonly steps: StepKind;
  /** Whether a question is asked by it unless somebody says otherwise. */
  readonly usual: boolean;
}

export const ROWS: Readonly<Record<AnswerPath, PathRow>> = {
  'closed-book': { reads: 'nothing', steps: 'alone', usual: true },
  rag: { reads: 'found', steps: 'outside', usual: true },
  attention: { reads: 'scope', steps: 'inside', usual: true },
  memory: { reads: 'found', steps: 'outside', usual: false },
};
