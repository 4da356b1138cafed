/** Shows what came with a stored contrast as if it had just been found out. */
import { traceBeside } from '../maths/beside';
import { unpack } from '../maths/words';
import { found, lookUp, words, wordsThere } from '../state/laboratory';
import type { Shared } from './shared';

export function showFindings({ trace, beside, words: packed, lookUps }: Shared): void {
  const lanes = beside ? [...trace.paths, ...traceBeside(beside).paths] : trace.paths;
  for (const path of lanes) {
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
