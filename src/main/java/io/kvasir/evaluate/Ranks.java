package io.kvasir.evaluate;

/** Measures of one list of scores, against another one or against the one right item. */
public final class Ranks {
  private Ranks() {}

  /** The place of the greatest score; the first one of several. */
  public static int first(double[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  /** The rank of an item from 1; among equal ones the middle. */
  public static double rank(double[] scores, int item) {
    double rank = 1;
    for (int i = 0; i < scores.length; i++) {
      if (i != item) {
        rank += scores[i] > scores[item] ? 1 : scores[i] == scores[item] ? 0.5 : 0;
      }
    }
    return rank;
  }

  /** nDCG@10 where one item is relevant: 1/log2(1 + rank), 0 beyond the tenth. */
  public static double gain(double[] scores, int relevant) {
    double rank = rank(scores, relevant);
    return rank > 10 ? 0 : Math.log(2) / Math.log(1 + rank);
  }

  /** Spearman's correlation of two lists, -1 to 1; 0 if one of them is constant. */
  public static double spearman(double[] one, double[] other) {
    double mean = (one.length + 1) / 2.0;
    double product = 0;
    double oneSquares = 0;
    double otherSquares = 0;
    for (int i = 0; i < one.length; i++) {
      double x = rank(one, i) - mean;
      double y = rank(other, i) - mean;
      product += x * y;
      oneSquares += x * x;
      otherSquares += y * y;
    }
    double scale = Math.sqrt(oneSquares * otherSquares);
    return scale == 0 ? 0 : product / scale;
  }
}
