package io.kvasir.attend;

import java.nio.FloatBuffer;

/**
 * Neighbouring positions of one sequence, as one layer saw them.
 *
 * @param layer of the decoder
 * @param position of the first row; row r stands at {@code position + r}
 * @param queries before their rotation, float[rows][heads * headSize]; may be overwritten
 * @param keys of the sequence, rotated: float[kvHeads, context, headSize], valid up to the last row
 * @param values of the sequence, in the shape of the keys
 */
public record ObservedRows(
    int layer, int position, float[][] queries, FloatBuffer keys, FloatBuffer values) {
  /** How many positions the last row sees. */
  public int length() {
    return position + queries.length;
  }
}
