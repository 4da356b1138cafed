package io.kvasir.evidence;

import io.kvasir.generate.LogitObserver;
import io.kvasir.numeric.FastExponential;
import io.kvasir.numeric.Greatest;
import io.kvasir.numeric.KthGreatest;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps of the logits of every place the most probable tokens, and what probabilities are divided
 * by at several temperatures: from both follows exactly what each of the tokens would have been
 * drawn with.
 */
final class Candidates implements LogitObserver {
  /** At which temperatures; the decoder's own distribution is that of 1. */
  static final List<Double> TEMPERATURES = List.of(0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0);

  private static final int ONE = TEMPERATURES.indexOf(1.0);

  private final int[] expected;
  private final int most;
  private final int[][] ids;
  private final double[][] logprobs;
  private final double[][] normalisers;
  private final int[] ranks;

  /**
   * Nothing is kept yet.
   *
   * @param expected what was written at each place
   * @param most tokens that are kept of each
   */
  Candidates(int[] expected, int most) {
    this.expected = expected;
    this.most = most;
    this.ids = new int[expected.length][];
    this.logprobs = new double[expected.length][];
    this.normalisers = new double[expected.length][];
    this.ranks = new int[expected.length];
  }

  @Override
  public void observe(int place, float[] logits) {
    float max = Greatest.of(logits, logits.length);
    double[] sums = new double[TEMPERATURES.size()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.log(sum(logits, max, (float) (1 / TEMPERATURES.get(i))));
    }
    double whole = sums[ONE];
    int[] greatest = greatest(logits, Math.min(most, logits.length));
    ids[place] = greatest;
    logprobs[place] = Arrays.stream(greatest).mapToDouble(id -> logits[id] - max - whole).toArray();
    // As the log-probabilities are without a temperature: ln p / T − this is ln of the probability.
    normalisers[place] = new double[sums.length];
    for (int i = 0; i < sums.length; i++) {
      normalisers[place][i] = sums[i] - whole / TEMPERATURES.get(i);
    }
    float written = logits[expected[place]];
    int before = 0;
    for (float logit : logits) {
      before += logit > written ? 1 : 0;
    }
    ranks[place] = before + 1;
  }

  private static double sum(float[] logits, float max, float scale) {
    double sum = 0;
    for (float logit : logits) {
      sum += FastExponential.exp((logit - max) * scale);
    }
    return sum;
  }

  /** The tokens of the greatest logits, the most probable first, then the lower id. */
  private static int[] greatest(float[] logits, int count) {
    float least = KthGreatest.of(logits, count);
    int[] found = new int[logits.length];
    int length = 0;
    for (int id = 0; id < logits.length; id++) {
      if (logits[id] >= least) {
        found[length++] = id;
      }
    }
    return Arrays.stream(found, 0, length)
        .boxed()
        .sorted((one, other) -> Float.compare(logits[other], logits[one]))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The most probable tokens of a place. */
  int[] ids(int place) {
    return ids[place];
  }

  /** Their logarithmic probabilities. */
  double[] logprobs(int place) {
    return logprobs[place];
  }

  /** At each temperature T, what is to be taken from ln p / T. */
  double[] normalisers(int place) {
    return normalisers[place];
  }

  /** Which place the written token has among all, from 1. */
  int rank(int place) {
    return ranks[place];
  }
}
