/** Shows what came with a stored contrast as if it had just been found out. */
import { unpack } from '../maths/words';
import { lookUp, words, wordsThere } from '../state/laboratory';
import type { Shared } from './shared';

export function showFindings({ trace, words: packed, attention }: Shared): void {
  for (const path of trace.paths) {
    const found = packed[path.path];
    if (found !== undefined) {
      words.value = { ...words.value, [path.path]: wordsThere(path, unpack(found)) };
    }
  }
  if (attention !== null) {
    const { path, step } = attention;
    const token = attention.tokens[0] ?? 0;
    const head = step === null ? null : { layer: step.layer, head: step.head };
    lookUp.value = { state: 'there', wanted: { path, token, head }, attention };
  }
}
