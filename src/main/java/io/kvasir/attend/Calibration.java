package io.kvasir.attend;

/**
 * In-context re-ranking (2410.02642): what a question attends to, less what a question without
 * content attends to over the same passages.
 */
public final class Calibration {
  /** Tokens this many standard deviations below their passage's mean are left out. */
  private static final double OUTLIER = 2;

  private Calibration() {}

  /**
   * The score of one passage: Σ c_j over its tokens j with c_j > mean - 2 std, where c_j = a_j(q) -
   * a_j(N/A).
   *
   * @param question attention of the question to every position: a_j(q)
   * @param empty the same of the question without content
   * @param begin the passage's first position
   * @param end behind its last
   */
  public static double score(double[] question, double[] empty, int begin, int end) {
    double mean = 0;
    for (int j = begin; j < end; j++) {
      mean += (question[j] - empty[j]) / (end - begin);
    }
    double variance = 0;
    for (int j = begin; j < end; j++) {
      double off = question[j] - empty[j] - mean;
      variance += off * off / (end - begin);
    }
    double least = mean - OUTLIER * Math.sqrt(variance);
    double score = 0;
    for (int j = begin; j < end; j++) {
      double difference = question[j] - empty[j];
      // Where all are alike, as in a passage of one token, none is an outlier.
      score += difference > least || variance == 0 ? difference : 0;
    }
    return score;
  }
}
