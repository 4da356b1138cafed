package io.kvasir.attend;

/**
 * Neighbouring positions of one sequence, as one layer saw them.
 *
 * @param layer of the decoder
 * @param position of the first row; row r stands at {@code position + r}
 * @param queries before their rotation, float[rows][heads * headSize]; may be overwritten
 * @param keys of the sequence, rotated, valid up to the last row
 * @param values of the sequence, as many
 */
public record ObservedRows(
    int layer, int position, float[][] queries, CachedRows keys, CachedRows values) {
  /** How many positions the last row sees. */
  public int length() {
    return position + queries.length;
  }
}
