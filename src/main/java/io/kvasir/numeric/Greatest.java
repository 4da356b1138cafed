package io.kvasir.numeric;

/** Finds the greatest of many values. */
public final class Greatest {
  private Greatest() {}

  /**
   * The greatest of the first values; four running ones, because one alone waits for itself.
   *
   * @param values none of them is compared if it is no number
   * @param length how many count
   * @return negative infinity if there is no number
   */
  public static float of(float[] values, int length) {
    float a = Float.NEGATIVE_INFINITY;
    float b = a;
    float c = a;
    float d = a;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      a = values[i] > a ? values[i] : a;
      b = values[i + 1] > b ? values[i + 1] : b;
      c = values[i + 2] > c ? values[i + 2] : c;
      d = values[i + 3] > d ? values[i + 3] : d;
    }
    for (; i < length; i++) {
      a = values[i] > a ? values[i] : a;
    }
    return Math.max(Math.max(a, b), Math.max(c, d));
  }
}
