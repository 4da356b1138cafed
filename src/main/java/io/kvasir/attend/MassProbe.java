package io.kvasir.attend;

import io.kvasir.core.AttentionLayer;
import io.kvasir.numeric.FastExponential;
import io.kvasir.numeric.Greatest;
import java.util.Arrays;
import java.util.List;

/**
 * Measures where one sequence attends: mass of a part = Σ over its positions of softmax_j(s q·k_j)
 * where j is in the window of its layer and s the layer's scale, averaged over the heads of the
 * watched layers. Used by one thread.
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
   * @param layers how each layer attends
   */
  public record Geometry(int heads, int kvHeads, int headSize, List<AttentionLayer> layers) {
    /** Copies the list. */
    public Geometry {
      layers = List.copyOf(layers);
      if (headSize % 4 != 0 || heads % kvHeads != 0) {
        throw new IllegalArgumentException(
            "heads of %d dimensions, %d over %d key heads, cannot be probed"
                .formatted(headSize, heads, kvHeads));
      }
    }

    /** What the keys and values of a token take in single precision. */
    public long rowBytes() {
      return 2L * layers.size() * kvHeads * headSize * Float.BYTES;
    }
  }

  private final Geometry geometry;
  private final int[] watched;
  private final Rotation[] rotations;
  private final KeyColumns[] layers;
  private final int[] ends;
  private final float[] scores;
  private final float[] attention;
  private int rows;

  /**
   * A probe of one sequence.
   *
   * @param geometry sizes
   * @param watched which layers are watched
   * @param partLengths tokens of the prompt's parts, in order
   * @param capacity the most positions of the sequence
   */
  public MassProbe(Geometry geometry, int[] watched, int[] partLengths, int capacity) {
    this.geometry = geometry;
    this.watched = watched.clone();
    this.rotations = new Rotation[watched.length];
    this.layers = new KeyColumns[watched.length];
    for (int i = 0; i < watched.length; i++) {
      rotations[i] =
          new Rotation(geometry.headSize(), geometry.layers().get(watched[i]).ropeBase());
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
    AttentionLayer how = geometry.layers().get(watched[layer]);
    rotations[layer].apply(queries, length - 1, (float) how.scale());
    int first = how.first(length);
    int group = geometry.heads() / geometry.kvHeads();
    for (int head = 0; head < geometry.heads(); head++) {
      columns.scores(queries, head, head / group, scores);
      Arrays.fill(scores, 0, first, Float.NEGATIVE_INFINITY);
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
    Arrays.fill(attention, 0, length, 0f);
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
