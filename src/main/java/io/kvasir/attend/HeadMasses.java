package io.kvasir.attend;

import io.kvasir.numeric.LogSumExp;
import java.util.function.Consumer;

/**
 * Means over some rows of what each head gave to each part: mass, score (ln Σ e^s, before the
 * softmax) and the share among passages, which leaves the sink and everything else out. Collected
 * on one thread, then read from any.
 */
public final class HeadMasses implements Consumer<HeadRow> {
  private final int first;
  private final int end;
  private final boolean[] passages;
  // [layers][heads][parts], sums until they are read
  private final double[][][] masses;
  private final double[][][] scores;
  private final double[][][] shares;
  private final boolean[] wanted;
  private int rows;

  /**
   * A collection over rows.
   *
   * @param layers of the decoder
   * @param heads of a layer
   * @param passages for each part, whether it is a passage
   * @param first position
   * @param wanted which of the positions from there on count
   */
  public HeadMasses(int layers, int heads, boolean[] passages, int first, boolean[] wanted) {
    this.passages = passages.clone();
    this.first = first;
    this.end = first + wanted.length;
    this.wanted = wanted.clone();
    this.masses = new double[layers][heads][passages.length];
    this.scores = new double[layers][heads][passages.length];
    this.shares = new double[layers][heads][passages.length];
    for (boolean each : wanted) {
      rows += each ? 1 : 0;
    }
  }

  @Override
  public void accept(HeadRow row) {
    if (row.position() < first || row.position() >= end || !wanted[row.position() - first]) {
      return;
    }
    double[] mass = masses[row.layer()][row.head()];
    double[] score = scores[row.layer()][row.head()];
    double[] share = shares[row.layer()][row.head()];
    double[] found = new double[passages.length];
    for (int part = 0; part < passages.length; part++) {
      mass[part] += row.mass(part) / rows;
      score[part] += row.partScores()[part] / rows;
      found[part] = passages[part] ? row.partScores()[part] : Double.NEGATIVE_INFINITY;
    }
    double total = LogSumExp.of(found);
    for (int part = 0; part < passages.length; part++) {
      // A row whose window leaves every passage out shares nothing among them.
      boolean seen = found[part] > Double.NEGATIVE_INFINITY;
      share[part] += seen ? Math.exp(found[part] - total) / rows : 0;
    }
  }

  /** Mean mass of a head: double[parts], adds up to 1. */
  public double[] mass(int layer, int head) {
    return masses[layer][head].clone();
  }

  /** Mean score of a head: double[parts]; negative infinity for what some row did not see. */
  public double[] score(int layer, int head) {
    return scores[layer][head].clone();
  }

  /** Mean mass over some heads. */
  public double[] mass(Heads some) {
    return mean(masses, some);
  }

  /** Mean score over some heads. */
  public double[] score(Heads some) {
    return mean(scores, some);
  }

  /** Mean share among the passages over some heads; 0 for other parts. */
  public double[] share(Heads some) {
    return mean(shares, some);
  }

  private static double[] mean(double[][][] values, Heads some) {
    double[] mean = new double[values[0][0].length];
    for (int layer = 0; layer < values.length; layer++) {
      for (int head = 0; head < values[layer].length; head++) {
        for (int part = 0; some.contains(layer, head) && part < mean.length; part++) {
          mean[part] += values[layer][head][part] / some.count();
        }
      }
    }
    return mean;
  }
}
