package io.kvasir.numeric;

/** ln Σ e^x without overflow: the greatest is taken out first. Negative infinity of nothing. */
public final class LogSumExp {
  private LogSumExp() {}

  /** Of some of many numbers, by {@link FastExponential}. */
  public static double of(float[] values, int begin, int end) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = begin; j < end; j++) {
      max = Math.max(max, values[j]);
    }
    if (max == Float.NEGATIVE_INFINITY) {
      return max;
    }
    float sum = 0;
    for (int j = begin; j < end; j++) {
      sum += FastExponential.exp(values[j] - max);
    }
    return max + Math.log(sum);
  }

  /** Of a few numbers. */
  public static double of(double[] values) {
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
