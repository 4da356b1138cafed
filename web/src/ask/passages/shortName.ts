/** A passage's own heading, without those above it. */
import type { PassageTrace } from '../../api/types';

export function shortName(passage: PassageTrace): string {
  const last = passage.heading.split(' › ').at(-1) ?? '';
  return last === '' ? passage.title : last;
}
