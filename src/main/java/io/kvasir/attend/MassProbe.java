package io.kvasir.attend;

import io.kvasir.numeric.FastExponential;
import io.kvasir.numeric.Greatest;

/**
 * Measures where one sequence attends: mass of a part = Σ over its positions of
 * softmax_j(q·k_j/√d), averaged over the heads of the watched layers. Used by one thread.
 *
 * <p>q_t comes before its rotation, as the pass computed it; keys come from the cache, where they
 * are rotated already.
 */
public final class MassProbe {
  /**
   * Sizes of what is probed.
   *
   * @param heads query heads of a layer
   * @param kvHeads key heads of a layer, a divisor of heads
   * @param headSize dimensions of a head, a multiple of 4
   * @param ropeBase base of the rotary position embedding
   */
  public record Geometry(int heads, int kvHeads, int headSize, double ropeBase) {
    public Geometry {
      if (headSize % 4 != 0 || heads % kvHeads != 0) {
        throw new IllegalArgumentException(
            "heads of %d dimensions, %d over %d key heads, cannot be probed"
                .formatted(headSize, heads, kvHeads));
      }
    }
  }

  private final Geometry geometry;
  private final Rotation rotation;
  private final KeyColumns[] layers;
  private final int[] ends;
  private final float[] scores;
  private final float[] attention;
  private int rows;

  /**
   * A probe of one sequence.
   *
   * @param geometry sizes
   * @param watched how many layers are watched
   * @param partLengths tokens of the prompt's parts, in order
   * @param capacity the most positions of the sequence
   */
  public MassProbe(Geometry geometry, int watched, int[] partLengths, int capacity) {
    this.geometry = geometry;
    this.rotation = new Rotation(geometry.headSize(), geometry.ropeBase());
    this.layers = new KeyColumns[watched];
    for (int i = 0; i < watched; i++) {
      layers[i] = new KeyColumns(geometry.kvHeads(), geometry.headSize(), capacity);
    }
    this.ends = partLengths.clone();
    for (int i = 1; i < ends.length; i++) {
      ends[i] += ends[i - 1];
    }
    this.scores = new float[capacity];
    this.attention = new float[capacity];
  }

  /**
   * Adds one watched layer's attention of the newest position to the measurement.
   *
   * @param layer by its place among the watched ones, from 0
   * @param keys that layer's keys in the cache
   * @param queries of the newest position before rotation, float[heads * headSize]; changed
   * @param length positions in the cache, the newest included
   */
  public void observe(int layer, CachedRows keys, float[] queries, int length) {
    KeyColumns columns = layers[layer];
    columns.extend(keys, length);
    rotation.apply(queries, length - 1, (float) (1 / Math.sqrt(geometry.headSize())));
    int group = geometry.heads() / geometry.kvHeads();
    for (int head = 0; head < geometry.heads(); head++) {
      columns.scores(queries, head, head / group, scores);
      addSoftmax(length);
      rows++;
    }
  }

  /**
   * The mass of every part of the prompt and, last, of what follows it; adds up to 1. Begins the
   * next measurement.
   */
  public float[] masses() {
    int length = layers[0].length();
    float[] masses = new float[ends.length + 1];
    int begin = 0;
    for (int part = 0; part < masses.length; part++) {
      int end = part < ends.length ? ends[part] : length;
      double sum = 0;
      for (int j = begin; j < end; j++) {
        sum += attention[j];
      }
      masses[part] = (float) (sum / rows);
      begin = end;
    }
    java.util.Arrays.fill(attention, 0, length, 0f);
    rows = 0;
    return masses;
  }

  private void addSoftmax(int length) {
    float max = Greatest.of(scores, length);
    float sum = 0;
    for (int j = 0; j < length; j++) {
      float weight = FastExponential.exp(scores[j] - max);
      scores[j] = weight;
      sum += weight;
    }
    float share = 1 / sum;
    for (int j = 0; j < length; j++) {
      attention[j] += scores[j] * share;
    }
  }
}
