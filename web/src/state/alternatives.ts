/** What can be read in place of what a path read, where a scope did not fit. */
import type { PathTrace, ScopeSelection } from '../api/types';
import { BELOW, covers } from './selectors';

/** Something else to read: more of the same scope by another rule, or a part of it. */
export type Alternative =
  | { readonly kind: 'selection'; readonly selection: ScopeSelection }
  | { readonly kind: 'part'; readonly selector: string; readonly name: string };

/** What to offer of a path that read a scope in part; nothing where the scope fitted. */
export function alternativesTo(path: PathTrace, scope: readonly string[]): readonly Alternative[] {
  const code = path.notice?.code;
  if (code !== 'partly-read' && code !== 'first-read') {
    return [];
  }
  const selection = code === 'partly-read' ? 'first' : 'retrieved';
  return [{ kind: 'selection', selection }, ...parts(path, scope)];
}

/** The section and the chapter of what retrieval ranked first, as far as they narrow the scope. */
function parts(path: PathTrace, scope: readonly string[]): readonly Alternative[] {
  const [best] = path.passages
    .filter(({ retrieved }) => retrieved !== null)
    .sort((one, other) => (one.retrieved?.rank ?? 0) - (other.retrieved?.rank ?? 0));
  if (best === undefined) {
    return [];
  }
  const headings = best.heading === '' ? [] : best.heading.split(BELOW);
  const section = headings.at(-1);
  const chapter = headings[0];
  const whole = { selector: best.document, name: best.title };
  const found =
    section === undefined || chapter === undefined
      ? [whole]
      : [
          { selector: `${best.document}#${best.heading}`, name: section },
          { selector: `${best.document}#${chapter}`, name: chapter },
        ];
  return found
    .filter(({ selector }, place) => found.findIndex((one) => one.selector === selector) === place)
    .filter(({ selector }) => narrows(selector, scope))
    .map((part) => ({ kind: 'part', ...part }));
}

/** Whether it is less than the scope: some of it stays outside. */
function narrows(selector: string, scope: readonly string[]): boolean {
  return scope.length === 0 || scope.some((other) => !covers(selector, other));
}
