package io.kvasir.evaluate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Values of a setting that were tried on the same questions, and which of them is best. An answer
 * is worth the mean of whether it contains the right one and of its F1, and nothing if it runs in
 * circles or was cut: who goes on for long contains much.
 */
public final class Trials {
  private final Map<String, Map<String, Map<Measure, Double>>> answers = new LinkedHashMap<>();

  /**
   * What a value came to.
   *
   * @param worth mean of its answers, with a 95 % interval
   * @param contained mean
   * @param f1 mean
   * @param circles share of the answers that run in circles or were ended as they began to
   * @param cut share of the answers that were cut at the token limit
   * @param gain on the first value, with a 95 % interval over the questions of both
   */
  public record Trial(
      Bootstrap worth,
      double contained,
      double f1,
      double circles,
      double cut,
      PairedDifference gain) {}

  /**
   * Adds an answer. One to a question without a right answer is left out: what it is worth says
   * more of the decoder than of the setting.
   *
   * @param value that was tried
   * @param question its id, unlike those of every other dataset
   */
  public void add(String value, String question, Map<Measure, Double> measured) {
    if (measured.containsKey(Measure.CONTAINED)) {
      answers.computeIfAbsent(value, tried -> new LinkedHashMap<>()).put(question, measured);
    }
  }

  /** How many questions were asked with the first value. */
  public int questions() {
    return answers.values().stream().findFirst().map(Map::size).orElse(0);
  }

  /** What each value came to, in the order in which they were added. */
  public Map<String, Trial> all() {
    Map<String, Trial> all = new LinkedHashMap<>();
    answers.forEach((value, measured) -> all.put(value, trial(measured)));
    return all;
  }

  /** The value that is worth most; the first one of those that are worth the same. */
  public String best() {
    String best = null;
    double most = Double.NEGATIVE_INFINITY;
    for (Map.Entry<String, Trial> each : all().entrySet()) {
      if (each.getValue().worth().mean() > most) {
        most = each.getValue().worth().mean();
        best = each.getKey();
      }
    }
    return Objects.requireNonNull(best, "nothing was tried");
  }

  private Trial trial(Map<String, Map<Measure, Double>> measured) {
    Map<String, Map<Measure, Double>> first = answers.values().iterator().next();
    String[] both = measured.keySet().stream().filter(first::containsKey).toArray(String[]::new);
    return new Trial(
        Bootstrap.of(measured.values().stream().mapToDouble(Trials::worth).toArray()),
        mean(measured, Measure.CONTAINED),
        mean(measured, Measure.F1),
        mean(measured, Measure.LOOPS) + mean(measured, Measure.REPEATED),
        mean(measured, Measure.CUT),
        PairedDifference.of(worth(measured, both), worth(first, both)));
  }

  private static double[] worth(Map<String, Map<Measure, Double>> measured, String[] questions) {
    return Arrays.stream(questions)
        .mapToDouble(question -> worth(measured.getOrDefault(question, Map.of())))
        .toArray();
  }

  private static double worth(Map<Measure, Double> answer) {
    boolean spoilt =
        value(answer, Measure.LOOPS) + value(answer, Measure.REPEATED) + value(answer, Measure.CUT)
            > 0;
    return spoilt ? 0 : (value(answer, Measure.CONTAINED) + value(answer, Measure.F1)) / 2;
  }

  private static double mean(Map<String, Map<Measure, Double>> measured, Measure measure) {
    return measured.values().stream()
        .mapToDouble(answer -> value(answer, measure))
        .average()
        .orElse(0);
  }

  private static double value(Map<Measure, Double> answer, Measure measure) {
    return answer.getOrDefault(measure, 0.0);
  }
}
