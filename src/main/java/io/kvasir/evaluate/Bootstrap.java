package io.kvasir.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A mean with its 95 % interval by resampling (Efron 1979, percentile method).
 *
 * @param mean of the sample
 * @param low 2.5th percentile of resampled means
 * @param high 97.5th percentile
 */
public record Bootstrap(double mean, double low, double high) {
  private static final int RESAMPLES = 2_000;

  /** The interval of a sample's mean; the same sample gives the same interval. */
  public static Bootstrap of(double[] sample) {
    double[] means = means(sample);
    double mean = Arrays.stream(sample).average().orElse(Double.NaN);
    return new Bootstrap(mean, means[RESAMPLES / 40], means[RESAMPLES - 1 - RESAMPLES / 40]);
  }

  /** The means of resamples, in order. */
  static double[] means(double[] sample) {
    SplittableRandom random = new SplittableRandom(20_261_125);
    double[] means = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double sum = 0;
      for (int i = 0; i < sample.length; i++) {
        sum += sample[random.nextInt(sample.length)];
      }
      means[r] = sum / sample.length;
    }
    Arrays.sort(means);
    return means;
  }

  @Override
  public String toString() {
    return "%.3f [%.3f, %.3f]".formatted(mean, low, high);
  }
}
