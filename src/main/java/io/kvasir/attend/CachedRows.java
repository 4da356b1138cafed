package io.kvasir.attend;

/**
 * Keys or values of one layer of one sequence as they lie in a decoder's cache. In whatever
 * precision they lie there, rows come out as floats.
 */
@FunctionalInterface
public interface CachedRows {
  /**
   * Copies one row.
   *
   * @param kvHead of the layer, from 0
   * @param position of the sequence, from 0
   * @param target float[headSize]
   */
  void get(int kvHead, int position, float[] target);
}
