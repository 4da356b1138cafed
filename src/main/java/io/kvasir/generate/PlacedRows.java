package io.kvasir.generate;

import io.kvasir.core.AttentionPrecision;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Stored rows at a place in a prompt, in place of reading its tokens there. What they say is then
 * what their tokens meant where they were read, not what they would mean behind everything that
 * stands before them now.
 *
 * @param rows what was stored
 * @param skipped of its first rows are not used: those tokens are read
 * @param at the position of the first one that is used
 * @param turn by how many positions keys are rotated on, so that queries see them from as far as if
 *     they stood there: {@code at} less where it was read for a place like any other
 * @param scale of the keys: 1/T divides what queries make of them by a temperature T
 */
public record PlacedRows(StoredRows rows, int skipped, int at, int turn, float scale) {
  /** At a place like any other: every row as far from those that look at it as it stands. */
  public static PlacedRows at(StoredRows rows, int at) {
    return new PlacedRows(rows, 0, at, at - rows.first(), 1);
  }

  /** The same without its first rows. */
  public PlacedRows behind(int tokens) {
    return new PlacedRows(rows, skipped + tokens, at + tokens, turn, scale);
  }

  /** The position behind the last one. */
  public int end() {
    return at + rows.count() - skipped;
  }

  /** Whether a prompt has these tokens there. */
  boolean fit(int[] prompt) {
    int[] ids = rows.ids();
    return end() <= prompt.length
        && at >= 0
        && skipped < rows.count()
        && Arrays.equals(ids, rows.first() + skipped, ids.length, prompt, at, end());
  }

  /**
   * Whether they are what reading the prompt would give: it begins as what was read, and nothing
   * was rounded or moved.
   */
  boolean exact(int[] prompt, AttentionPrecision precision) {
    int before = rows.first() + skipped;
    return turn == 0
        && scale == 1
        && at == before
        && rows.precision() == precision
        && Arrays.equals(rows.ids(), 0, before, prompt, 0, before);
  }

  /** How their tokens were read. */
  Origin origin() {
    return new Origin(
        IntBuffer.wrap(rows.ids(), 0, rows.first() + skipped).slice(),
        turn,
        scale,
        rows.precision());
  }

  /**
   * How tokens were read that were not read behind everything before them. Rows of the same token
   * at the same place with the same origin are equal.
   *
   * @param context what was read before the first of them
   * @param turn by how many positions their keys were rotated on
   * @param scale of their keys
   * @param precision they were stored in
   */
  record Origin(IntBuffer context, int turn, float scale, AttentionPrecision precision) {}
}
