package io.kvasir.bench;

import io.kvasir.attend.MassProbe;
import io.kvasir.attend.ObservedRows;
import io.kvasir.attend.Rotation;
import java.util.Arrays;

/**
 * The keys of one passage that was read alone behind the words every prompt begins with: of every
 * layer and key head, rotated to where the passage stands, and before their rotation.
 *
 * @param begin position of its first token
 * @param length its tokens
 * @param placed rotated, a dimension after another: float[layers][kvHeads][headSize * length]
 * @param plain the same before rotation
 */
record PassageKeys(int begin, int length, float[][][] placed, float[][][] plain) {
  /** Room for the keys of a passage. */
  static PassageKeys of(MassProbe.Geometry geometry, int begin, int length) {
    int[] sizes = {geometry.layers().size(), geometry.kvHeads(), geometry.headSize() * length};
    return new PassageKeys(
        begin,
        length,
        new float[sizes[0]][sizes[1]][sizes[2]],
        new float[sizes[0]][sizes[1]][sizes[2]]);
  }

  /** Takes over one layer of the reading. */
  void take(MassProbe.Geometry geometry, ObservedRows rows) {
    int size = geometry.headSize();
    Rotation rotation = new Rotation(size, geometry.layers().get(rows.layer()).ropeBase());
    float[] key = new float[size];
    for (int token = 0; token < length; token++) {
      for (int head = 0; head < geometry.kvHeads(); head++) {
        rows.keys().get(head, begin + token, key);
        put(placed[rows.layer()][head], token, key);
        rotation.apply(key, -(begin + token), 1);
        put(plain[rows.layer()][head], token, key);
      }
    }
  }

  private void put(float[] columns, int token, float[] key) {
    for (int i = 0; i < key.length; i++) {
      columns[i * length + token] = key[i];
    }
  }

  /**
   * Inner products of a query with every token.
   *
   * @param columns of one head
   * @param query of one or more heads
   * @param at where the head's query begins in there
   * @param size dimensions of a head
   * @param scores float[length], overwritten
   */
  static void scores(float[] columns, float[] query, int at, int size, float[] scores) {
    int length = scores.length;
    Arrays.fill(scores, 0);
    for (int i = 0; i < size; i++) {
      float q = query[at + i];
      int column = i * length;
      for (int j = 0; j < length; j++) {
        scores[j] += q * columns[column + j];
      }
    }
  }

  /** The greatest score. */
  static float greatest(float[] scores) {
    float max = Float.NEGATIVE_INFINITY;
    for (float score : scores) {
      max = Math.max(max, score);
    }
    return max;
  }
}
