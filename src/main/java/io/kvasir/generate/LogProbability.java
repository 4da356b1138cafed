package io.kvasir.generate;

import io.kvasir.attend.FastExponential;

/** The log-probability of one token under a decoder's unmodified distribution. */
final class LogProbability {
  /** Terms this far below the greatest logit add less than 1e-5 to a sum of 200,000. */
  private static final float NEGLIGIBLE = -24f;

  private LogProbability() {}

  /** ln softmax(logits)[id]. */
  static double of(float[] logits, int id) {
    float max = max(logits);
    double sum = 0;
    for (float logit : logits) {
      float x = logit - max;
      if (x > NEGLIGIBLE) {
        sum += FastExponential.exp(x);
      }
    }
    return logits[id] - max - Math.log(sum);
  }

  /** The greatest value. Four running maxima, because one alone waits for itself. */
  static float max(float[] values) {
    float a = Float.NEGATIVE_INFINITY;
    float b = a;
    float c = a;
    float d = a;
    int i = 0;
    for (; i + 3 < values.length; i += 4) {
      a = values[i] > a ? values[i] : a;
      b = values[i + 1] > b ? values[i + 1] : b;
      c = values[i + 2] > c ? values[i + 2] : c;
      d = values[i + 3] > d ? values[i + 3] : d;
    }
    for (; i < values.length; i++) {
      a = values[i] > a ? values[i] : a;
    }
    return Math.max(Math.max(a, b), Math.max(c, d));
  }
}
