package io.kvasir.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How far two rankings of the same items agree, each given by scores. */
public final class Agreement {
  /** The persistence of rank-biased overlap: how soon deeper ranks stop to matter. */
  private static final double P = 0.9;

  private Agreement() {}

  /** Share of the first k of one that is among the first k of the other. */
  public static double overlap(double[] one, double[] other, int k) {
    int depth = Math.min(k, one.length);
    return (double) common(order(one), order(other), depth) / depth;
  }

  /** Kendall's tau-b: concordant less discordant pairs, ties corrected; 0 if one is constant. */
  public static double tauB(double[] one, double[] other) {
    double sum = 0;
    double oneUntied = 0;
    double otherUntied = 0;
    for (int i = 0; i < one.length; i++) {
      for (int j = i + 1; j < one.length; j++) {
        double x = Math.signum(one[i] - one[j]);
        double y = Math.signum(other[i] - other[j]);
        sum += x * y;
        oneUntied += Math.abs(x);
        otherUntied += Math.abs(y);
      }
    }
    double scale = Math.sqrt(oneUntied * otherUntied);
    return scale == 0 ? 0 : sum / scale;
  }

  /**
   * Rank-biased overlap (Webber et al. 2010, extrapolated), corrected for chance: (RBO - E)/(1 -
   * E), where E is what random rankings give; 0 is chance, 1 is the same ranking.
   */
  public static double rankBiasedOverlap(double[] one, double[] other) {
    double expected = chance(one.length);
    return expected == 1 ? 1 : (extrapolated(one, other) - expected) / (1 - expected);
  }

  /** What random rankings of so many items have in common by rank-biased overlap. */
  static double chance(int items) {
    double sum = 0;
    for (int depth = 1; depth <= items; depth++) {
      sum += (1 - P) * Math.pow(P, depth - 1) * depth / items;
    }
    return sum + Math.pow(P, items);
  }

  private static double extrapolated(double[] one, double[] other) {
    List<Integer> first = order(one);
    List<Integer> second = order(other);
    double sum = 0;
    for (int depth = 1; depth <= one.length; depth++) {
      sum += (1 - P) * Math.pow(P, depth - 1) * common(first, second, depth) / depth;
    }
    return sum + Math.pow(P, one.length);
  }

  private static int common(List<Integer> one, List<Integer> other, int depth) {
    return (int) one.subList(0, depth).stream().filter(other.subList(0, depth)::contains).count();
  }

  private static List<Integer> order(double[] scores) {
    Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(item -> -scores[item]));
    return List.of(order);
  }
}
