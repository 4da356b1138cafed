/** Where retrieval's lists have a passage. */
import type { PassageTrace } from '../api/types';

type Retrieved = NonNullable<PassageTrace['retrieved']>;

/** A passage's place in one list. */
export interface Listed {
  readonly list: string;
  readonly score: number;
  /** From 1; null in contrasts from before places were kept. */
  readonly place: number | null;
}

/** The lists that hold a passage: by meaning, by words, and then any others by name. */
export function listedOf({ dense, lexical, lists }: Retrieved): readonly Listed[] {
  const named = lists ?? {
    ...(dense !== null && { dense: { score: dense, place: null } }),
    ...(lexical !== null && { lexical: { score: lexical, place: null } }),
  };
  return Object.entries(named)
    .map(([list, { score, place }]) => ({ list, score, place }))
    .sort((a, b) => order(a.list) - order(b.list) || a.list.localeCompare(b.list));
}

/** A passage's place in a list; null where it is not in it. */
export function placeIn(list: string, retrieved: Retrieved | null): number | null {
  return retrieved === null
    ? null
    : (listedOf(retrieved).find((listed) => listed.list === list)?.place ?? null);
}

/** The lists that hold any of some passages, in the same order. */
export function listsOf(passages: readonly PassageTrace[]): readonly string[] {
  const found = passages.flatMap(({ retrieved }) =>
    retrieved === null ? [] : listedOf(retrieved),
  );
  const names = [...new Set(found.map(({ list }) => list))];
  return names.sort((a, b) => order(a) - order(b) || a.localeCompare(b));
}

/** A passage's score in a list; null where it is not in it. */
export function scoreIn(list: string, retrieved: Retrieved | null): number | null {
  return retrieved === null
    ? null
    : (listedOf(retrieved).find((listed) => listed.list === list)?.score ?? null);
}

const KNOWN = ['dense', 'lexical'];

function order(list: string): number {
  const at = KNOWN.indexOf(list);
  return at < 0 ? KNOWN.length : at;
}
