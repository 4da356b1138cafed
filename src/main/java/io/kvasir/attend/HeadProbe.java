package io.kvasir.attend;

import io.kvasir.numeric.FastExponential;
import java.util.List;
import java.util.function.Consumer;

/**
 * Computes what every head of a reading saw, row by row, and hands it to whoever collects it: the
 * scores of all positions and, for each part of the sequence, their ln Σ e^s, from which every
 * share of attention follows. Used by one thread.
 */
public final class HeadProbe implements RowObserver {
  private final MassProbe.Geometry geometry;
  private final Rotation rotation;
  private final int[] ends;
  private final List<? extends Consumer<HeadRow>> collectors;

  /**
   * A probe of one reading.
   *
   * @param geometry sizes of the decoder
   * @param partLengths tokens of the parts, in order; what lies behind them belongs to the last
   * @param collectors get every head of every row; a row is valid until they return
   */
  public HeadProbe(
      MassProbe.Geometry geometry,
      int[] partLengths,
      List<? extends Consumer<HeadRow>> collectors) {
    this.geometry = geometry;
    this.rotation = new Rotation(geometry.headSize(), geometry.ropeBase());
    this.ends = partLengths.clone();
    for (int i = 1; i < ends.length; i++) {
      ends[i] += ends[i - 1];
    }
    ends[ends.length - 1] = Integer.MAX_VALUE;
    this.collectors = List.copyOf(collectors);
  }

  @Override
  public void observe(ObservedRows rows) {
    KeyColumns keys = new KeyColumns(geometry.kvHeads(), geometry.headSize(), rows.length());
    keys.extend(rows.keys(), rows.length());
    float scale = (float) (1 / Math.sqrt(geometry.headSize()));
    int group = geometry.heads() / geometry.kvHeads();
    float[] scores = new float[rows.length()];
    for (int row = 0; row < rows.queries().length; row++) {
      float[] queries = rows.queries()[row];
      int position = rows.position() + row;
      rotation.apply(queries, position, scale);
      for (int head = 0; head < geometry.heads(); head++) {
        keys.scores(queries, head, head / group, scores);
        hand(rows, head, position, scores);
      }
    }
  }

  private void hand(ObservedRows rows, int head, int position, float[] scores) {
    int length = position + 1;
    double[] partScores = new double[ends.length];
    int begin = 0;
    for (int part = 0; part < ends.length; part++) {
      int end = Math.min(ends[part], length);
      partScores[part] = logSumExp(scores, begin, end);
      begin = Math.max(begin, end);
    }
    HeadRow seen =
        new HeadRow(
            rows.layer(), head, position, scores, length, partScores, logSumExp(partScores), rows);
    collectors.forEach(collector -> collector.accept(seen));
  }

  private static double logSumExp(float[] scores, int begin, int end) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = begin; j < end; j++) {
      max = Math.max(max, scores[j]);
    }
    float sum = 0;
    for (int j = begin; j < end; j++) {
      sum += FastExponential.exp(scores[j] - max);
    }
    return begin >= end ? Double.NEGATIVE_INFINITY : max + Math.log(sum);
  }

  /** ln Σ e^x; negative infinity if there is nothing. */
  static double logSumExp(double[] values) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      max = Math.max(max, value);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (double value : values) {
      sum += Math.exp(value - max);
    }
    return max + Math.log(sum);
  }
}
