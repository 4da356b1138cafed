/** Shows what came with a stored contrast as if it had just been found out. */
import { unpack } from '../maths/words';
import { found, lookUp, words, wordsThere } from '../state/laboratory';
import type { Shared } from './shared';

export function showFindings({ trace, words: packed, lookUps }: Shared): void {
  for (const path of trace.paths) {
    const found = packed[path.path];
    if (found !== undefined) {
      words.value = {
        ...words.value,
        [path.path]: wordsThere(path, unpack(found), found.heads ?? null),
      };
    }
  }
  found.value = lookUps;
  const first = lookUps[0];
  if (first !== undefined) {
    lookUp.value = { state: 'there', ...first };
  }
}
