package io.kvasir.numeric;

import java.util.Arrays;

/**
 * Least squares with an L1 penalty by coordinate descent, on standardised columns, as ContextCite
 * (2409.00729) attributes an answer to its sources: minimises 1/(2n) Σ (y_i - b - x_i·w)² + α
 * Σ|w_j|.
 */
public final class Lasso {
  /** ContextCite's penalty. */
  public static final double ALPHA = 0.01;

  private static final int MOST_ROUNDS = 10_000;
  private static final double CONVERGED = 1e-10;

  private Lasso() {}

  /**
   * ContextCite's attributions: the weights of sources in ln(p/(1-p)) of the whole answer.
   *
   * @param kept boolean[choices][sources]: which sources each reading had
   * @param logprobs ln p of the answer in each reading
   * @param tokens of the answer; outputs are scaled by it, so that α means the same for all lengths
   * @return one weight a source, in units of ln(p/(1-p))
   */
  public static double[] attributions(boolean[][] kept, double[] logprobs, int tokens) {
    double[][] x = new double[kept.length][];
    double[] y = new double[kept.length];
    for (int i = 0; i < y.length; i++) {
      x[i] = new double[kept[i].length];
      for (int j = 0; j < x[i].length; j++) {
        x[i][j] = kept[i][j] ? 1 : 0;
      }
      y[i] = logit(logprobs[i]) / tokens;
    }
    double[] weights = weights(x, y, ALPHA);
    return Arrays.stream(weights).map(weight -> weight * tokens).toArray();
  }

  /** ln(p/(1-p)) of ln p; certainty is cut to what double can hold. */
  static double logit(double logprob) {
    double certain = Math.min(logprob, -1e-12);
    return certain - Math.log(-Math.expm1(certain));
  }

  /**
   * The weights of the columns, in their own units; 0 for a column that never changes.
   *
   * @param x double[rows][columns]
   * @param y double[rows]
   * @param alpha the penalty of standardised weights
   */
  static double[] weights(double[][] x, double[] y, double alpha) {
    int rows = y.length;
    int columns = rows == 0 ? 0 : x[0].length;
    double[] scale = new double[columns];
    double[][] standard = standardised(x, scale);
    double mean = Arrays.stream(y).average().orElse(0);
    double[] residual = Arrays.stream(y).map(value -> value - mean).toArray();
    double[] weights = new double[columns];
    double change = Double.POSITIVE_INFINITY;
    for (int round = 0; change > CONVERGED && round < MOST_ROUNDS; round++) {
      change = 0;
      for (int j = 0; j < columns; j++) {
        double[] column = standard[j];
        // A standardised column has Σ x² = n, so the step needs no division by its length.
        double slope = 0;
        for (int i = 0; i < rows; i++) {
          slope += column[i] * residual[i] / rows;
        }
        double wanted = scale[j] == 0 ? 0 : shrunk(slope + weights[j], alpha);
        double step = wanted - weights[j];
        for (int i = 0; i < rows; i++) {
          residual[i] -= step * column[i];
        }
        weights[j] = wanted;
        change = Math.max(change, Math.abs(step));
      }
    }
    for (int j = 0; j < columns; j++) {
      weights[j] = scale[j] == 0 ? 0 : weights[j] / scale[j];
    }
    return weights;
  }

  private static double shrunk(double value, double by) {
    return Math.signum(value) * Math.max(0, Math.abs(value) - by);
  }

  /** double[columns][rows] with mean 0 and deviation 1; deviations go to {@code scale}. */
  private static double[][] standardised(double[][] x, double[] scale) {
    double[][] standard = new double[scale.length][x.length];
    for (int j = 0; j < scale.length; j++) {
      double mean = 0;
      for (double[] row : x) {
        mean += row[j] / x.length;
      }
      double variance = 0;
      for (double[] row : x) {
        variance += (row[j] - mean) * (row[j] - mean) / x.length;
      }
      scale[j] = Math.sqrt(variance);
      for (int i = 0; i < x.length; i++) {
        standard[j][i] = scale[j] == 0 ? 0 : (x[i][j] - mean) / scale[j];
      }
    }
    return standard;
  }
}
