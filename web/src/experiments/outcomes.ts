/** How the answers to one question ended up, row by row. */
import type {
  ExperimentResult,
  ExperimentResults,
  ExperimentRow,
  LabelledQuestion,
} from '../api/types';

/** Right; wrong, and running in circles or cut; just wrong. */
export type Outcome = 'right' | 'cut' | 'wrong';

/** A question with what each row answered, in the order of the rows; null where nothing yet. */
export interface Asked {
  readonly question: LabelledQuestion;
  readonly results: readonly (ExperimentResult | null)[];
}

/**
 * Right is an answer that holds a gold answer, or abstains where nothing answers; null if the
 * question has no gold answer to judge by.
 */
export function outcomeOf({ values }: ExperimentResult): Outcome | null {
  const right = values.contained ?? values.abstained;
  if (right === undefined) {
    return null;
  }
  if (right > 0) {
    return 'right';
  }
  const cut = (values.loops ?? 0) + (values.repeated ?? 0) + (values.cut ?? 0);
  return cut > 0 ? 'cut' : 'wrong';
}

export const isRight = (result: ExperimentResult | null): boolean =>
  result !== null && outcomeOf(result) === 'right';

/** Whether a passage that answers was in the prompt; null where nobody can say. */
export function goldRead(result: ExperimentResult | null): boolean | null {
  const read = result?.values.gold_read;
  return read === undefined ? null : read > 0;
}

/** All questions with their results. */
export function askedOf(
  { questions, results }: ExperimentResults,
  rows: readonly ExperimentRow[],
): readonly Asked[] {
  const key = (question: string, row: string) => JSON.stringify([question, row]);
  const found = new Map(results.map((each) => [key(each.question, each.row), each]));
  return questions.map((question) => ({
    question,
    results: rows.map(({ name }) => found.get(key(question.id, name)) ?? null),
  }));
}
