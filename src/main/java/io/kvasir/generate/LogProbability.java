package io.kvasir.generate;

import io.kvasir.attend.FastExponential;
import io.kvasir.attend.Greatest;

/** The log-probability of one token under a decoder's unmodified distribution. */
final class LogProbability {
  /** Terms this far below the greatest logit add less than 1e-5 to a sum of 200,000. */
  private static final float NEGLIGIBLE = -24f;

  private LogProbability() {}

  /** ln softmax(logits)[id]. */
  static double of(float[] logits, int id) {
    float max = Greatest.of(logits, logits.length);
    double sum = 0;
    for (float logit : logits) {
      float x = logit - max;
      if (x > NEGLIGIBLE) {
        sum += FastExponential.exp(x);
      }
    }
    return logits[id] - max - Math.log(sum);
  }
}
