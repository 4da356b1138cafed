/** What a selector of a scope names: a document, or a heading of it with all that is below. */

/** Between the headings of a path. */
export const BELOW = ' › ';

/** Whether all that the second selector names is in the first: a document, or a heading's start. */
export function covers(selector: string, other: string): boolean {
  return selector.includes('#')
    ? other.startsWith(selector)
    : other === selector || other.startsWith(`${selector}#`);
}
