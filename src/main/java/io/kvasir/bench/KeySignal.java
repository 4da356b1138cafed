package io.kvasir.bench;

/** How well a passage's stored keys fit a question, by one head. */
enum KeySignal {
  /** Mean over the question's tokens of ln Σ e^score, rotated to where both would stand. */
  SCORE_PLACED("score, in place"),
  /** Mean attention that the passage would get beside the question alone. */
  MASS_PLACED("mass, in place"),
  /** Mean attention among all passages. */
  SHARE_PLACED("share, in place"),
  /** As SCORE_PLACED before any rotation. */
  SCORE_PLAIN("score, not rotated"),
  /** As SHARE_PLACED before any rotation. */
  SHARE_PLAIN("share, not rotated"),
  /** Each token's query with the key that fits it best: one look-up a token and head. */
  BEST_TOKENS("index: best token of each query"),
  /** The same as shares among all passages. */
  BEST_TOKENS_SHARE("index: best token of each query, share"),
  /** Mean query with mean key: one vector a passage and key head in an index. */
  MEAN_KEY("index: mean key"),
  /** Mean query with the key that fits best: a vector a token in an index. */
  BEST_TOKEN("index: best token"),
  /** Mean query with the best page's bound (Quest): a vector of twice the size a page. */
  PAGE_BOUND("index: page bound");

  private static final int PAGE = 16;

  private final String label;

  KeySignal(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** The scores that it is made of: double[rows][passages]. */
  double[][] of(KeySearch.Scores scores) {
    return switch (this) {
      case SCORE_PLACED, MASS_PLACED, SHARE_PLACED -> scores.placed();
      case SCORE_PLAIN, SHARE_PLAIN -> scores.plain();
      case BEST_TOKENS, BEST_TOKENS_SHARE -> scores.best();
      case MEAN_KEY, BEST_TOKEN, PAGE_BOUND -> throw new IllegalStateException(label);
    };
  }

  /**
   * The mean over rows of what passages get.
   *
   * @param scores ln Σ e^score: double[rows][passages]
   * @param totals the same over everything else that a row sees: double[rows]
   * @return double[passages]
   */
  double[] byRows(double[][] scores, double[] totals) {
    double[] sum = new double[scores[0].length];
    for (int row = 0; row < scores.length; row++) {
      double most = Double.NEGATIVE_INFINITY;
      for (double score : scores[row]) {
        most = Math.max(most, score);
      }
      double among = 0;
      for (double score : scores[row]) {
        among += Math.exp(score - most);
      }
      for (int passage = 0; passage < sum.length; passage++) {
        double score = scores[row][passage];
        sum[passage] +=
            switch (this) {
                  case SCORE_PLACED, SCORE_PLAIN, BEST_TOKENS -> score;
                  case MASS_PLACED -> 1 / (1 + Math.exp(totals[row] - score));
                  case SHARE_PLACED, SHARE_PLAIN, BEST_TOKENS_SHARE ->
                      Math.exp(score - most) / among;
                  case MEAN_KEY, BEST_TOKEN, PAGE_BOUND -> throw new IllegalStateException(label);
                }
                / scores.length;
      }
    }
    return sum;
  }

  /**
   * What a passage gets by one query.
   *
   * @param columns keys of one head: float[size * length]
   * @param query float[size]
   */
  static double[] byMean(float[] columns, float[] query, int length) {
    float[] scores = new float[length];
    PassageKeys.scores(columns, query, 0, query.length, scores);
    double mean = 0;
    double best = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      mean += score / length;
      best = Math.max(best, score);
    }
    return new double[] {mean, best, pageBound(columns, query, length)};
  }

  private static double pageBound(float[] columns, float[] query, int length) {
    double best = Double.NEGATIVE_INFINITY;
    for (int begin = 0; begin < length; begin += PAGE) {
      double bound = 0;
      for (int i = 0; i < query.length; i++) {
        float most = Float.NEGATIVE_INFINITY;
        for (int j = begin; j < Math.min(begin + PAGE, length); j++) {
          most = Math.max(most, query[i] * columns[i * length + j]);
        }
        bound += most;
      }
      best = Math.max(best, bound);
    }
    return best;
  }
}
