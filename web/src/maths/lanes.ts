/** Which lanes of a contrast are shown in the room that there is. */

/** Puts a lane last, as the one that was chosen most lately. */
export function choose<T>(order: readonly T[], lane: T): readonly T[] {
  return [...order.filter((other) => other !== lane), lane];
}

/**
 * All lanes where they have room; else those that were chosen most lately, a pair of them or, where
 * there is no room for two, one.
 */
export function shownIn<T>(lanes: readonly T[], order: readonly T[], room: number): readonly T[] {
  if (lanes.length <= room) {
    return lanes;
  }
  // Lanes that nobody chose come before those that somebody did.
  const latest = [...lanes.filter((lane) => !order.includes(lane)), ...order]
    .filter((lane) => lanes.includes(lane))
    .slice(-Math.min(room, 2));
  return lanes.filter((lane) => latest.includes(lane));
}
