package io.kvasir.attend;

import java.util.function.Consumer;

/**
 * The attention that every single position got from some rows, averaged over some heads: one line
 * for each row. Collected on one thread, then read from any.
 */
public final class PositionMasses implements Consumer<HeadRow> {
  private final Heads heads;
  private final int first;
  private final float[][] lines;

  /**
   * A collection over neighbouring rows.
   *
   * @param heads averaged over
   * @param first position
   * @param rows how many
   */
  public PositionMasses(Heads heads, int first, int rows) {
    this.heads = heads;
    this.first = first;
    this.lines = new float[rows][];
    for (int row = 0; row < rows; row++) {
      lines[row] = new float[first + row + 1];
    }
  }

  @Override
  public void accept(HeadRow row) {
    int place = row.position() - first;
    if (place < 0 || place >= lines.length || !heads.contains(row.layer(), row.head())) {
      return;
    }
    float[] line = lines[place];
    float share = 1f / heads.count();
    for (int j = 0; j < line.length; j++) {
      line[j] += row.attention(j) * share;
    }
  }

  /** What one row attends to: float[positions it sees], adds up to 1. */
  public float[] line(int row) {
    return lines[row].clone();
  }

  /**
   * The mean of all rows over the first positions: double[positions].
   *
   * @param positions as many as the first row sees at the most
   */
  public double[] mean(int positions) {
    double[] mean = new double[positions];
    for (float[] line : lines) {
      for (int j = 0; j < positions; j++) {
        mean[j] += (double) line[j] / lines.length;
      }
    }
    return mean;
  }
}
