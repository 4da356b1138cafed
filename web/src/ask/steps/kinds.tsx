/** The four steps of each kind: the number that says one happened, its formula, and its numbers. */
import type { FunctionComponent } from 'preact';
import type { PathTrace } from '../../api/types';
import { fixed, number, t } from '../../i18n';
import type { ContrastView } from '../../maths/contrast';
import type { StepKind } from '../../paths/rows';
import { PromptText, WeightedSum } from './ContentStep';
import { FORMULAS, type StepName } from '../formulas/formulas';
import { QueryStates, QuestionVector } from './QueryStep';
import { Cut, KindWeights, PassageWeights } from './SelectionStep';
import { Distances, LaterNote, Scores } from './SimilarityStep';
import type { StepProps } from './stepProps';

/** One step of a kind of path. */
export interface Step {
  readonly formula: readonly string[];
  readonly Numbers: FunctionComponent<StepProps>;
  /** The one number that says it happened; null before it did. */
  readonly headline: (view: ContrastView, path: PathTrace) => string | null;
}

type Steps = Readonly<Record<StepName, Step>>;

const OUTSIDE: Steps = {
  query: {
    formula: FORMULAS.outside.query,
    Numbers: QuestionVector,
    headline: ({ trace }) => (trace.encoder === null ? null : `${trace.encoder.dimensions}-d`),
  },
  similarity: {
    formula: FORMULAS.outside.similarity,
    Numbers: Distances,
    headline: ({ hits }) => {
      const best = hits[0]?.retrieved;
      return best === undefined || best === null ? null : `≤ ${fixed(best.dense ?? best.score, 2)}`;
    },
  },
  selection: {
    formula: FORMULAS.outside.selection,
    Numbers: Cut,
    headline: ({ hits }, { prompt, passages }) =>
      prompt === null
        ? null
        : `${passages.filter(({ inPrompt }) => inPrompt !== null).length} / ${hits.length}`,
  },
  content: {
    formula: FORMULAS.outside.content,
    Numbers: PromptText,
    headline: (_, { prompt, passages }) => {
      const tokens = passages.reduce((sum, { inPrompt }) => sum + (inPrompt?.tokens ?? 0), 0);
      return prompt === null ? null : t('step.tokens', { n: number(tokens) });
    },
  },
};

const INSIDE: Steps = {
  query: {
    formula: FORMULAS.inside.query,
    Numbers: QueryStates,
    headline: (_, { tokens }) => (tokens.length > 0 ? `${number(tokens.length)} × q` : null),
  },
  similarity: {
    formula: FORMULAS.inside.similarity,
    Numbers: Scores,
    headline: (_, { prompt, tokens }) =>
      prompt === null || tokens.length === 0 ? null : `${number(prompt.tokens)} k`,
  },
  selection: {
    formula: FORMULAS.inside.selection,
    Numbers: PassageWeights,
    headline: (_, { tokens }) => (tokens.length > 0 ? 'softmax' : null),
  },
  content: {
    formula: FORMULAS.inside.content,
    Numbers: WeightedSum,
    headline: (_, { tokens }) => (tokens.length > 0 ? 'Σ A·v' : null),
  },
};

/** Without passages there is less to show of the same steps. */
const ALONE: Steps = {
  ...INSIDE,
  similarity: { ...INSIDE.similarity, Numbers: LaterNote },
  selection: { ...INSIDE.selection, Numbers: KindWeights },
};

export const STEPS: Readonly<Record<StepKind, Steps>> = {
  outside: OUTSIDE,
  inside: INSIDE,
  alone: ALONE,
};
