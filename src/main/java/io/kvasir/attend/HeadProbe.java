package io.kvasir.attend;

import io.kvasir.core.AttentionLayer;
import io.kvasir.numeric.LogSumExp;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Computes what every head of a reading saw, row by row, and hands it to whoever collects it: the
 * scores of all positions and, for each part of the sequence, their ln Σ e^s, from which every
 * share of attention follows. Used by one thread.
 */
public final class HeadProbe implements RowObserver {
  private final MassProbe.Geometry geometry;
  // By layer; layers of one base have one.
  private final Rotation[] rotations;
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
    Map<Double, Rotation> bases = new HashMap<>();
    this.rotations = new Rotation[geometry.layers().size()];
    for (int layer = 0; layer < rotations.length; layer++) {
      rotations[layer] =
          bases.computeIfAbsent(
              geometry.layers().get(layer).ropeBase(),
              base -> new Rotation(geometry.headSize(), base));
    }
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
    AttentionLayer how = geometry.layers().get(rows.layer());
    int group = geometry.heads() / geometry.kvHeads();
    float[] scores = new float[rows.length()];
    for (int row = 0; row < rows.queries().length; row++) {
      float[] queries = rows.queries()[row];
      int position = rows.position() + row;
      rotations[rows.layer()].apply(queries, position, (float) how.scale());
      int first = how.first(position + 1);
      for (int head = 0; head < geometry.heads(); head++) {
        keys.scores(queries, head, head / group, scores);
        Arrays.fill(scores, 0, first, Float.NEGATIVE_INFINITY);
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
      partScores[part] = LogSumExp.of(scores, begin, end);
      begin = Math.max(begin, end);
    }
    HeadRow seen =
        new HeadRow(
            rows.layer(),
            head,
            position,
            scores,
            length,
            partScores,
            LogSumExp.of(partScores),
            rows);
    collectors.forEach(collector -> collector.accept(seen));
  }
}
