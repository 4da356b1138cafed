package io.kvasir.attend;

/**
 * The rotated keys of one layer of one sequence, a dimension after another, so that scores of all
 * positions are sums of long columns: a loop that the compiler turns into vector instructions,
 * which it does not do for inner products. Rows are appended once; a step adds one.
 *
 * <p>Every column is an array of its own: with all of them in one, the loop stays scalar and takes
 * five times as long.
 */
final class KeyColumns {
  private final int kvHeads;
  private final int headSize;
  // [kvHeads][headSize][capacity]
  private final float[][][] columns;
  private int length;

  KeyColumns(int kvHeads, int headSize, int capacity) {
    this.kvHeads = kvHeads;
    this.headSize = headSize;
    this.columns = new float[kvHeads][headSize][capacity];
  }

  /** Positions taken over so far. */
  int length() {
    return length;
  }

  /** Takes over the rows up to {@code end}. */
  void extend(CachedRows keys, int end) {
    float[] row = new float[headSize];
    for (int head = 0; head < kvHeads; head++) {
      float[][] target = columns[head];
      for (int position = length; position < end; position++) {
        keys.get(head, position, row);
        for (int i = 0; i < headSize; i++) {
          target[i][position] = row[i];
        }
      }
    }
    length = end;
  }

  /**
   * Scores of one query head: {@code scores[j] = q · k_j}.
   *
   * @param queries rotated and scaled, float[heads * headSize]
   * @param head query head
   * @param kvHead the key head it belongs to
   * @param scores float[length or more]
   */
  void scores(float[] queries, int head, int kvHead, float[] scores) {
    java.util.Arrays.fill(scores, 0, length, 0f);
    float[][] keys = columns[kvHead];
    int q = head * headSize;
    for (int i = 0; i < headSize; i += 4) {
      float a = queries[q + i];
      float b = queries[q + i + 1];
      float c = queries[q + i + 2];
      float d = queries[q + i + 3];
      add(scores, keys[i], keys[i + 1], keys[i + 2], keys[i + 3], length, a, b, c, d);
    }
  }

  /** Adds four weighted columns: four loads of keys for one load and store of the sum. */
  private static void add(
      float[] sum,
      float[] first,
      float[] second,
      float[] third,
      float[] fourth,
      int n,
      float a,
      float b,
      float c,
      float d) {
    for (int j = 0; j < n; j++) {
      sum[j] += a * first[j] + b * second[j] + c * third[j] + d * fourth[j];
    }
  }
}
