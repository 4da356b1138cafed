/** From what stands in the form to what the server is asked. */
import type { ExperimentOrder } from '../api/types';

/** The path of rows that rank documents and answer nothing. */
export const SEARCH = 'search';

/** The ways to answer, in the order of the rows; the oracle is given the documents that answer. */
export const PATHS = ['closed-book', 'rag', 'attention', 'oracle', SEARCH] as const;

/** Where the questions come from. */
export const SOURCES = ['files', 'headings', 'marked'] as const;
export type Source = (typeof SOURCES)[number];

/** What rows can differ in beside the path. */
export const FACTORS = [
  'k',
  'style',
  'max-tokens',
  'model',
  'budget',
  'temperature',
  'nearness',
  'order',
  'wording',
  'loop-penalty',
  'encoder',
  'passage-length',
  'values',
  'reranker',
  'ranking',
] as const;
export type Factor = (typeof FACTORS)[number];

export const HALVES = ['all', 'choose', 'report'] as const;
export type Half = (typeof HALVES)[number];

/** A factor and its values as they were typed. */
export interface Variation {
  readonly factor: Factor;
  readonly values: string;
}

/** The form, every field as it was typed. */
export interface OrderDraft {
  readonly source: Source;
  /** Whose headings are asked. */
  readonly collection: string;
  /** Of the questions; empty to find out. */
  readonly language: string;
  /** As NAME=COLUMN, several. */
  readonly columns: string;
  readonly name: string;
  readonly paths: readonly string[];
  readonly variations: readonly Variation[];
  readonly half: Half;
  readonly sample: string;
  readonly seed: string;
}

export const EMPTY: OrderDraft = {
  source: 'files',
  collection: '',
  language: '',
  columns: '',
  name: '',
  paths: PATHS.filter((path) => path !== SEARCH),
  variations: [],
  half: 'all',
  sample: '',
  seed: '',
};

/** Values between commas, of whichever script. */
export function valuesOf(text: string): readonly string[] {
  return text
    .split(/[,，、;；\n]/)
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** What each column is called; a pair without one is sent as it is, so that the server names it. */
const columnsOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    valuesOf(text).map((pair) => {
      const [what = '', ...column] = pair.split(/[=＝]/);
      return [what.trim(), column.join('=').trim()];
    }),
  );

/** The first factor that does not vary yet; null if all do. */
export function nextFactor(variations: readonly Variation[]): Factor | null {
  return FACTORS.find((each) => variations.every(({ factor }) => factor !== each)) ?? null;
}

/** What is asked; fields that were left empty are left to the server. */
export function orderOf(draft: OrderDraft): ExperimentOrder {
  const matrix = Object.fromEntries(
    draft.variations
      .map(({ factor, values }) => [factor, valuesOf(values)] as const)
      .filter(([, values]) => values.length > 0),
  );
  const columns = columnsOf(draft.columns);
  const name = draft.name.trim();
  return {
    paths: draft.paths,
    half: draft.half,
    ...(draft.source === 'headings' ? { headings: draft.collection } : {}),
    ...(draft.source === 'marked' ? { marked: true } : {}),
    ...(name === '' ? {} : { name }),
    ...(draft.language === '' ? {} : { language: draft.language }),
    ...(Object.keys(columns).length === 0 || draft.source !== 'files' ? {} : { columns }),
    ...(Object.keys(matrix).length === 0 ? {} : { matrix }),
    ...(draft.sample === '' ? {} : { sample: Number(draft.sample) }),
    ...(draft.seed === '' ? {} : { seed: Number(draft.seed) }),
  };
}
