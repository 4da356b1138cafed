/** Which screen is shown, kept in the address so that a reload and a shared link find it. */
import { signal } from '@preact/signals';

export type Route =
  | { readonly screen: 'ask' }
  | { readonly screen: 'contrast'; readonly id: string }
  | { readonly screen: 'library'; readonly collection: string | null }
  | { readonly screen: 'history' }
  | { readonly screen: 'models' };

/** Reads an address's fragment. */
export function parse(hash: string): Route {
  const [screen = '', rest = ''] = hash.replace(/^#\/?/, '').split('/');
  switch (screen) {
    case 'contrast':
      return rest === '' ? { screen: 'ask' } : { screen, id: decodeURIComponent(rest) };
    case 'library':
      return { screen, collection: rest === '' ? null : decodeURIComponent(rest) };
    case 'history':
    case 'models':
      return { screen };
    default:
      return { screen: 'ask' };
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
    case 'history':
    case 'models':
      return `#/${route.screen}`;
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
