/** Which tokens of an answer only say again what it said before: those are not known, but copied. */

/** So many tokens in the same order are no coincidence. */
const LEAST = 6;

/** The tokens that belong to a run which the answer has had before. */
export function repeats(ids: readonly number[]): ReadonlySet<number> {
  const said = new Set<string>();
  const found = new Set<number>();
  for (let end = LEAST; end <= ids.length; end++) {
    const run = ids.slice(end - LEAST, end).join(' ');
    if (said.has(run)) {
      for (let i = end - LEAST; i < end; i++) {
        found.add(i);
      }
    }
    said.add(run);
  }
  return found;
}
