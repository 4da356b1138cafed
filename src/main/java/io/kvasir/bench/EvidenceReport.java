package io.kvasir.bench;

import io.kvasir.evaluate.Agreement;
import io.kvasir.evaluate.Bootstrap;
import io.kvasir.evaluate.Ranks;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Which signal tells what mattered: each against ablation and against the passage that is known to
 * answer. Values of one question are averaged over its orders first; intervals are over questions.
 */
final class EvidenceReport {
  private static final int DEPTH = 2;

  private final List<EvidenceRow> rows;

  EvidenceReport(List<EvidenceRow> rows) {
    this.rows = List.copyOf(rows);
  }

  /** Prints the tables. */
  void print(PrintStream out) {
    if (rows.isEmpty()) {
      out.println("nothing is measured yet");
      return;
    }
    int passages = rows.get(0).deltas().length;
    out.printf(
        "%s: %d questions, %d orders of %d passages, the decoder's own answers%n",
        rows.get(0).model(),
        rows.stream().map(EvidenceRow::question).distinct().count(),
        rows.stream().map(EvidenceRow::order).distinct().count(),
        passages);
    out.println("| signal | Spearman with ablation | first is ablation's first | first is gold |");
    out.println("|---|---|---|---|");
    out.printf("| ablation | 1 | 1 | %s |%n", mean(row -> hit(row.deltas(), row.gold())));
    for (String signal : rows.get(0).signals().keySet()) {
      out.printf(
          "| %s | %s | %s | %s |%n",
          signal,
          mean(row -> Ranks.spearman(score(row, signal), row.deltas())),
          mean(row -> hit(score(row, signal), Ranks.first(row.deltas()))),
          mean(row -> hit(score(row, signal), row.gold())));
    }
    out.println();
    out.printf("| agreement of raw mass with | overlap@%d | tau-b | RBO above chance |%n", DEPTH);
    out.println("|---|---|---|---|");
    for (String other : List.of("retrieval score (cosine)", "position (last first)", "random")) {
      out.printf(
          "| %s | %s | %s | %s |%n",
          other,
          agreement(other, (one, two) -> Agreement.overlap(one, two, DEPTH)),
          agreement(other, Agreement::tauB),
          agreement(other, Agreement::rankBiasedOverlap));
    }
    out.println();
    double tokens = rows.stream().mapToInt(EvidenceReport::tokens).sum();
    out.printf(
        "passages raise ln P(answer) by %s; of its tokens %.0f %% come from them, %.0f %% were known, %.0f %% neither%n",
        mean(EvidenceRow::gain),
        100 * rows.stream().mapToInt(EvidenceRow::documents).sum() / tokens,
        100 * rows.stream().mapToInt(EvidenceRow::known).sum() / tokens,
        100 * rows.stream().mapToInt(EvidenceRow::neither).sum() / tokens);
  }

  private static int tokens(EvidenceRow row) {
    return row.documents() + row.known() + row.neither();
  }

  private static double hit(double[] scores, int wanted) {
    return Ranks.first(scores) == wanted ? 1 : 0;
  }

  private static double[] score(EvidenceRow row, String signal) {
    double[] score = row.signals().get(signal);
    return score == null ? new double[row.deltas().length] : score;
  }

  private Bootstrap agreement(String other, ToDoubleBiFunction<double[], double[]> measure) {
    return mean(row -> measure.applyAsDouble(score(row, "raw mass"), score(row, other)));
  }

  private Bootstrap mean(ToDoubleFunction<EvidenceRow> measure) {
    Map<String, Double> byQuestion =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    EvidenceRow::question,
                    LinkedHashMap::new,
                    Collectors.averagingDouble(measure)));
    return Bootstrap.of(byQuestion.values().stream().mapToDouble(Double::doubleValue).toArray());
  }
}
