package io.kvasir.generate;

import io.kvasir.numeric.FastExponential;
import io.kvasir.numeric.Greatest;

/** The log-probability of one token under a decoder's unmodified distribution. */
final class LogProbability {
  private static final int PIECE = 4_096;

  private LogProbability() {}

  /** ln softmax(logits)[id]. */
  static double of(float[] logits, int id) {
    float max = Greatest.of(logits, logits.length);
    // Four sums at a time, because one alone waits for itself; of a few thousand tokens each, so
    // that single precision holds them.
    double sum = 0;
    for (int begin = 0; begin < logits.length; begin += PIECE) {
      sum += sum(logits, begin, Math.min(logits.length, begin + PIECE), max);
    }
    return logits[id] - max - Math.log(sum);
  }

  private static float sum(float[] logits, int begin, int end, float max) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = begin;
    for (; i + 3 < end; i += 4) {
      a += FastExponential.exp(logits[i] - max);
      b += FastExponential.exp(logits[i + 1] - max);
      c += FastExponential.exp(logits[i + 2] - max);
      d += FastExponential.exp(logits[i + 3] - max);
    }
    for (; i < end; i++) {
      a += FastExponential.exp(logits[i] - max);
    }
    return a + b + c + d;
  }
}
