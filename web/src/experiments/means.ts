/** Reads the server's table of means, which is written in Markdown. */

/** A mean and its interval, as the server printed them. */
export interface Interval {
  readonly mean: string;
  readonly low: string;
  readonly high: string;
}

export interface MeansRow {
  readonly name: string;
  /** Answers there are of it. */
  readonly answers: string;
  /** In the order of the measures; null where a measure applies to no answer. */
  readonly cells: readonly (Interval | null)[];
}

export interface Means {
  readonly measures: readonly string[];
  readonly rows: readonly MeansRow[];
}

const CELL = /^(\S+) \[(\S+), (\S+)\]$/;

/** From a column for each row and a line for each measure to the rows themselves. */
export function meansOf(table: string): Means {
  const [head = [], , answers = [], ...measures] = table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .replace(/^\||\|\s*$/g, '')
        .split('|')
        .map((cell) => cell.trim()),
    );
  return {
    measures: measures.map(([name = '']) => name),
    rows: head.slice(1).map((name, place) => ({
      name,
      answers: answers[place + 1] ?? '',
      cells: measures.map((line) => intervalOf(line[place + 1] ?? '')),
    })),
  };
}

function intervalOf(cell: string): Interval | null {
  const [, mean, low, high] = CELL.exec(cell) ?? [];
  return mean === undefined || low === undefined || high === undefined ? null : { mean, low, high };
}

/** Groups of measures that are looked at together; what is in no other is in the last. */
export const GROUPS = ['answers', 'found', 'course'] as const;
export type Group = (typeof GROUPS)[number];

const GROUP_OF: Readonly<Record<string, Group>> = {
  contained: 'answers',
  'exact match': 'answers',
  F1: 'answers',
  'gold log-probability': 'answers',
  abstained: 'answers',
  'recall@1': 'found',
  'recall@5': 'found',
  'recall@10': 'found',
  MRR: 'found',
  'nDCG@10': 'found',
  MAP: 'found',
  'gold read': 'found',
  search: 'found',
};

export const groupOf = (measure: string): Group => GROUP_OF[measure] ?? 'course';

const KNOWN = Object.keys(GROUP_OF);

/** The measures of a group, without the others' columns; those that matter most come first. */
export function ofGroup(means: Means, group: Group): Means {
  const places = means.measures
    .map((measure, place) => ({ measure, place }))
    .filter(({ measure }) => groupOf(measure) === group)
    .sort((a, b) => KNOWN.indexOf(a.measure) - KNOWN.indexOf(b.measure))
    .map(({ place }) => place);
  return {
    measures: places.map((place) => means.measures[place] ?? ''),
    rows: means.rows.map((row) => ({
      ...row,
      cells: places.map((place) => row.cells[place] ?? null),
    })),
  };
}

const SHARE = /^[01]\.\d{3}$/;

/** Where a share and its interval lie between 0 and 1; null of what is no share. */
export function shareOf(cell: Interval): readonly [low: number, mean: number, high: number] | null {
  const printed = [cell.low, cell.mean, cell.high] as const;
  return printed.every((one) => SHARE.test(one))
    ? [Number(cell.low), Number(cell.mean), Number(cell.high)]
    : null;
}
