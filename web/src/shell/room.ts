/** How many lanes the window has room for, side by side. */
import { signal } from '@preact/signals';

/** The least width for so many lanes; the style sheets know the same. */
const WIDTHS = [
  [4, '(min-width: 1400px)'],
  [3, '(min-width: 1100px)'],
  [2, '(min-width: 720px)'],
] as const;

const queries = WIDTHS.map(([lanes, query]) => [lanes, matchMedia(query)] as const);
const fitting = () => queries.find(([, { matches }]) => matches)?.[0] ?? 1;

/** One to four. */
export const room = signal<number>(fitting());

for (const [, query] of queries) {
  query.addEventListener('change', () => {
    room.value = fitting();
  });
}
