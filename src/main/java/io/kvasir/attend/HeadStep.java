package io.kvasir.attend;

import java.util.function.Consumer;

/**
 * The four steps of one head at one position: its query state, the parts' scores and masses, and
 * the length of each part's weighted sum of values. Collected on one thread, then read from any.
 */
public final class HeadStep implements Consumer<HeadRow> {
  private final MassProbe.Geometry geometry;
  private final int[] ends;
  private final Heads.Head head;
  private final int position;
  private float[] query = {};
  private double[] scores = {};
  private double[] masses = {};
  private double[] values = {};

  /**
   * A collection of one head's step.
   *
   * @param geometry sizes of the decoder
   * @param partLengths tokens of the parts, in order; what lies behind them belongs to the last
   * @param head which head
   * @param position which row
   */
  public HeadStep(MassProbe.Geometry geometry, int[] partLengths, Heads.Head head, int position) {
    this.geometry = geometry;
    this.head = head;
    this.position = position;
    this.ends = partLengths.clone();
    for (int i = 1; i < ends.length; i++) {
      ends[i] += ends[i - 1];
    }
    ends[ends.length - 1] = Integer.MAX_VALUE;
  }

  @Override
  public void accept(HeadRow row) {
    if (row.position() != position || row.layer() != head.layer() || row.head() != head.head()) {
      return;
    }
    int size = geometry.headSize();
    float[] scaled = row.rows().queries()[position - row.rows().position()];
    query = java.util.Arrays.copyOfRange(scaled, head.head() * size, (head.head() + 1) * size);
    float unscaled = (float) (1 / geometry.layers().get(head.layer()).scale());
    for (int i = 0; i < size; i++) {
      query[i] *= unscaled;
    }
    scores = row.partScores().clone();
    masses = new double[ends.length];
    values = new double[ends.length];
    int begin = 0;
    for (int part = 0; part < ends.length; part++) {
      int end = Math.min(ends[part], row.length());
      masses[part] = row.mass(part);
      values[part] = valueLength(row, begin, end);
      begin = end;
    }
  }

  private double valueLength(HeadRow row, int begin, int end) {
    int size = geometry.headSize();
    int kvHead = head.head() / (geometry.heads() / geometry.kvHeads());
    float[] value = new float[size];
    double[] sum = new double[size];
    for (int j = begin; j < end; j++) {
      float weight = row.attention(j);
      row.rows().values().get(kvHead, j, value);
      for (int i = 0; i < size; i++) {
        sum[i] += weight * value[i];
      }
    }
    double squares = 0;
    for (double component : sum) {
      squares += component * component;
    }
    return Math.sqrt(squares);
  }

  /** The query state, rotated to its position: float[headSize]. */
  public float[] query() {
    return query.clone();
  }

  /** ln Σ e^s of each part; negative infinity for what the row does not see. */
  public double[] scores() {
    return scores.clone();
  }

  /** The mass of each part; adds up to 1. */
  public double[] masses() {
    return masses.clone();
  }

  /** |Σ_j a_j v_j| over each part's positions. */
  public double[] values() {
    return values.clone();
  }
}
