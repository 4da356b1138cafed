/** The passages of a step's table: what retrieval found first, on the same rows in every lane. */
import type { PassageTrace, PathTrace } from '../../api/types';
import type { ContrastView } from '../../maths/contrast';

export function stepRows(view: ContrastView, path: PathTrace): readonly PassageTrace[] {
  const own = new Map(path.passages.map((passage) => [passage.id, passage]));
  // What another lane read of a hit says nothing about this one.
  const hits = view.hits.map((hit) => own.get(hit.id) ?? { ...hit, inPrompt: null });
  const seen = new Set(hits.map(({ id }) => id));
  return [...hits, ...path.passages.filter(({ id }) => !seen.has(id))];
}
