/** The strongest attention between tokens of a sentence and those of a passage. */
import type { Extent } from './extent';
import type { Words } from './words';

/** Attention of one token of the answer to one position of the prompt. */
export interface Link {
  /** Place in the answer. */
  readonly token: number;
  /** Position in the prompt. */
  readonly column: number;
  readonly mass: number;
}

/**
 * At most so many links, the strongest first.
 *
 * @param first the place in the answer of the first row
 */
export function strongestLinks(
  { rows, columns, mass }: Words,
  first: number,
  sentence: Extent,
  passage: Extent,
  most: number,
): readonly Link[] {
  const links: Link[] = [];
  for (let token = sentence.begin; token < sentence.end; token++) {
    const row = token - first;
    if (row < 0 || row >= rows) {
      continue;
    }
    for (let column = passage.begin; column < Math.min(passage.end, columns); column++) {
      const value = mass[row * columns + column] ?? 0;
      if (value > 0) {
        links.push({ token, column, mass: value });
      }
    }
  }
  return links.sort((a, b) => b.mass - a.mass).slice(0, most);
}
