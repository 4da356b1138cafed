package io.kvasir.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A line of the engine's table: what was measured in every round, and what was hoped for.
 *
 * @param title what was measured
 * @param unit of the values; empty for a ratio
 * @param goal that the ratio, or the value itself, is held against; not a number if there is none
 * @param atLeast whether the goal is the least that is good, otherwise the most
 * @param values of Kvasir
 * @param others those of the peer, by the name of its format
 */
record EngineRow(
    String title,
    String unit,
    double goal,
    boolean atLeast,
    Series values,
    Map<String, Series> others) {
  /** A line without a peer. */
  static EngineRow alone(String title, String unit, double goal, boolean atLeast) {
    return new EngineRow(title, unit, goal, atLeast, new Series(), Map.of());
  }

  /** A line beside these formats of a peer. */
  static EngineRow beside(String title, String unit, double goal, List<String> formats) {
    Map<String, Series> others = new LinkedHashMap<>();
    formats.forEach(format -> others.put(format, new Series()));
    return new EngineRow(title, unit, goal, true, new Series(), others);
  }

  /** Kvasir's value over another's, round by round: both were measured within the same minute. */
  Series ratio(String format) {
    Series ratio = new Series();
    List<Double> theirs = others.getOrDefault(format, new Series()).values();
    for (int round = 0; round < Math.min(values.values().size(), theirs.size()); round++) {
      ratio.add(values.values().get(round) / theirs.get(round));
    }
    return ratio;
  }

  /** What the goal is held against. */
  Series judged() {
    return others.isEmpty() ? values : ratio(EnginePeer.Format.Q8_0.name());
  }

  /** {@code yes}, {@code no}, or nothing where no goal is set or nothing was measured. */
  String met() {
    double reached = judged().median();
    if (Double.isNaN(goal) || Double.isNaN(reached)) {
      return "";
    }
    return (atLeast ? reached >= goal : reached <= goal) ? "yes" : "no";
  }

  /** The goal in words. */
  String goalText() {
    return Double.isNaN(goal)
        ? ""
        : "%s %s%s"
            .formatted(atLeast ? "≥" : "≤", number(goal), others.isEmpty() ? unit : " : Q8_0");
  }

  /** A median with the least and the greatest. */
  static String text(Series series) {
    return series.values().isEmpty()
        ? "–"
        : "%s [%s, %s]"
            .formatted(number(series.median()), number(series.least()), number(series.greatest()));
  }

  private static String number(double value) {
    return Math.abs(value) >= 20 ? "%.0f".formatted(value) : "%.3g".formatted(value);
  }

  /** For JSON. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("title", title);
    json.put("unit", unit);
    json.put("goal", goalText());
    json.put("met", met());
    json.put("kvasir", values.values());
    json.put(
        "peer",
        others.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    each -> each.getValue().values(),
                    (one, other) -> one,
                    LinkedHashMap::new)));
    json.put("medianRatio", Double.isNaN(judged().median()) ? null : judged().median());
    return json;
  }
}
