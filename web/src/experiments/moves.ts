/** Which questions two rows agree about, and which moved from one to the other. */
import { type Asked, outcomeOf } from './outcomes';

/** Right in both rows; in the first alone; in the second alone; in neither. */
export const MOVES = ['kept', 'lost', 'gained', 'never'] as const;
export type Move = (typeof MOVES)[number];

/** How a question moved between two rows, by their places; null where one has no outcome. */
export function moveOf({ results }: Asked, from: number, to: number): Move | null {
  const before = outcomeAt(results, from);
  const after = outcomeAt(results, to);
  if (before === null || after === null) {
    return null;
  }
  if (before === 'right') {
    return after === 'right' ? 'kept' : 'lost';
  }
  return after === 'right' ? 'gained' : 'never';
}

function outcomeAt(results: Asked['results'], place: number) {
  const result = results[place] ?? null;
  return result === null ? null : outcomeOf(result);
}

/** How many questions moved so. */
export function movesOf(
  asked: readonly Asked[],
  from: number,
  to: number,
): Readonly<Record<Move, number>> {
  const counts = { kept: 0, lost: 0, gained: 0, never: 0 };
  for (const each of asked) {
    const move = moveOf(each, from, to);
    if (move !== null) {
      counts[move]++;
    }
  }
  return counts;
}

/** A band of a picture: how thick it is, and where it begins at both ends. */
export interface Band {
  readonly move: Move;
  readonly thick: number;
  readonly left: number;
  readonly right: number;
}

/**
 * Bands from the right and wrong answers of one row to those of the other, so that none crosses
 * another at its ends.
 *
 * @param height of all of them together
 * @param gap between right and wrong
 */
export function bandsOf(
  counts: Readonly<Record<Move, number>>,
  height: number,
  gap: number,
): readonly Band[] {
  const { kept, lost, gained } = counts;
  const total = MOVES.reduce((sum, move) => sum + counts[move], 0);
  const scale = total === 0 ? 0 : height / total;
  const begins: Readonly<Record<Move, readonly [number, number]>> = {
    kept: [0, 0],
    lost: [kept, kept + gained],
    gained: [kept + lost, kept],
    never: [kept + lost + gained, kept + gained + lost],
  };
  const below: Readonly<Record<Move, readonly [number, number]>> = {
    kept: [0, 0],
    lost: [0, gap],
    gained: [gap, 0],
    never: [gap, gap],
  };
  return MOVES.filter((move) => counts[move] > 0).map((move) => ({
    move,
    thick: counts[move] * scale,
    left: begins[move][0] * scale + below[move][0],
    right: begins[move][1] * scale + below[move][1],
  }));
}
