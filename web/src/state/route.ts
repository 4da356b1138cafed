/** Which screen is shown, kept in the address so that a reload and a shared link find it. */
import { signal } from '@preact/signals';

export type Route =
  | { readonly screen: 'ask' }
  | { readonly screen: 'contrast'; readonly id: string }
  | { readonly screen: 'library'; readonly collection: string | null }
  | { readonly screen: 'history' }
  | { readonly screen: 'experiments'; readonly id: string | null }
  | { readonly screen: 'models' }
  /** An address that means nothing here. */
  | { readonly screen: 'nowhere'; readonly hash: string };

/** Reads an address's fragment, whatever it is. */
export function parse(hash: string): Route {
  const nowhere: Route = { screen: 'nowhere', hash };
  const [screen = '', ...rest] = withoutEmptyEnd(hash.replace(/^#?\/?/, '').split('/'));
  const part = rest.length === 0 ? '' : decoded(rest.join('/'));
  if (part === null || rest.length > 1) {
    return nowhere;
  }
  switch (screen) {
    case 'contrast':
      return part === '' ? nowhere : { screen, id: part };
    case 'library':
      return { screen, collection: part === '' ? null : part };
    case 'experiments':
      return { screen, id: part === '' ? null : part };
    case 'history':
    case 'models':
      return part === '' ? { screen } : nowhere;
    case '':
      return part === '' ? { screen: 'ask' } : nowhere;
    default:
      return nowhere;
  }
}

function withoutEmptyEnd(parts: readonly string[]): readonly string[] {
  const last = parts.findLastIndex((part) => part !== '');
  return parts.slice(0, last + 1);
}

/** The text of a part of an address; null where it is cut or was never encoded. */
function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** Writes an address's fragment. */
export function format(route: Route): string {
  switch (route.screen) {
    case 'ask':
      return '#/';
    case 'contrast':
      return `#/contrast/${encodeURIComponent(route.id)}`;
    case 'library':
      return route.collection === null
        ? '#/library'
        : `#/library/${encodeURIComponent(route.collection)}`;
    case 'experiments':
      return route.id === null ? '#/experiments' : `#/experiments/${encodeURIComponent(route.id)}`;
    case 'history':
    case 'models':
      return `#/${route.screen}`;
    case 'nowhere':
      return route.hash;
  }
}

export const route = signal<Route>(parse(location.hash));

/** Follows the address; called once. */
export function followAddress(): void {
  addEventListener('hashchange', () => {
    route.value = parse(location.hash);
  });
}

/** Goes to a screen. */
export function go(to: Route): void {
  location.hash = format(to);
}

/** Changes the address without a step in the browser's history. */
export function replace(to: Route): void {
  history.replaceState(null, '', format(to));
  route.value = to;
}
