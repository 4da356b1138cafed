package io.kvasir.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which heads find the passage that answers (QRHead, 2506.09944): each is ranked by its own nDCG@10
 * over labelled questions.
 *
 * @param gains for each question the nDCG of every head, double[questions][heads]
 */
public record HeadRanking(List<double[]> gains) {
  private static final int RESAMPLES = 500;

  public HeadRanking {
    gains = List.copyOf(gains);
  }

  /** The mean nDCG of every head. */
  public double[] means() {
    return means(IntStream.range(0, gains.size()).toArray());
  }

  private double[] means(int[] questions) {
    double[] means = new double[gains.get(0).length];
    for (int question : questions) {
      for (int head = 0; head < means.length; head++) {
        means[head] += gains.get(question)[head] / questions.length;
      }
    }
    return means;
  }

  /** The best heads, best first. */
  public List<Integer> best(int count) {
    return best(means(), count);
  }

  private static List<Integer> best(double[] means, int count) {
    Integer[] order = IntStream.range(0, means.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(head -> -means[head]));
    return List.of(order).subList(0, Math.min(count, order.length));
  }

  /**
   * How sure each of the best heads is: in how many of many resampled sets of questions it is among
   * the best, 0 to 1, in the order of {@link #best}.
   */
  public List<Double> stability(int count) {
    SplittableRandom random = new SplittableRandom(20_261_125);
    double[] kept = new double[gains.get(0).length];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      int[] questions = random.ints(gains.size(), 0, gains.size()).toArray();
      best(means(questions), count).forEach(head -> kept[head] += 1.0 / RESAMPLES);
    }
    List<Double> stability = new ArrayList<>();
    best(count).forEach(head -> stability.add(kept[head]));
    return stability;
  }
}
