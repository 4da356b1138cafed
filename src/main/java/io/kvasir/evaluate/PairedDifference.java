package io.kvasir.evaluate;

/**
 * By how much one row is above another on the same questions, by resampling the questions, so that
 * both rows are asked the same ones each time (Efron and Tibshirani 1993, chapter 16).
 *
 * @param difference mean with its 95 % interval, the other row's value taken from this one's
 * @param p two-sided: how often a resampled mean is on the other side of 0, or on it
 * @param pairs questions that both rows have a value of
 */
public record PairedDifference(Bootstrap difference, double p, int pairs) {
  /** The difference of two lists whose places are the same questions, at least one. */
  public static PairedDifference of(double[] one, double[] other) {
    if (one.length != other.length || one.length == 0) {
      throw new IllegalArgumentException(
          "%d and %d values are no pairs".formatted(one.length, other.length));
    }
    double[] differences = new double[one.length];
    for (int i = 0; i < one.length; i++) {
      differences[i] = one[i] - other[i];
    }
    double[] means = Bootstrap.means(differences);
    int below = 0;
    int above = 0;
    for (double mean : means) {
      below += mean <= 0 ? 1 : 0;
      above += mean >= 0 ? 1 : 0;
    }
    double p = Math.min(1, 2.0 * Math.max(1, Math.min(below, above)) / means.length);
    return new PairedDifference(Bootstrap.of(differences), p, one.length);
  }

  /** Whether the interval leaves out 0. */
  public boolean clear() {
    return difference.low() > 0 || difference.high() < 0;
  }
}
