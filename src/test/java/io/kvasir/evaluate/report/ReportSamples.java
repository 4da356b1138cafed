package io.kvasir.evaluate.report;

import io.kvasir.evaluate.Measure;
import io.kvasir.evaluate.Result;
import io.kvasir.evaluate.Row;
import io.kvasir.evaluate.Summary;
import io.kvasir.evaluate.dataset.BadRecord;
import io.kvasir.evaluate.dataset.DatasetFacts;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Experiments that were never run, for what is written of them. */
final class ReportSamples {
  private static final List<Row> ROWS =
      List.of(
          new Row("rag", "rag", Map.of()),
          new Row("rag k=1", "rag", Map.of("retrieve.k", "1")),
          new Row("attention", "attention", Map.of()),
          new Row("oracle", Row.ORACLE, Map.of()),
          new Row("closed-book", Row.CLOSED_BOOK, Map.of()));
  private static final double[] RIGHT = {.34, .42, .22, .58, .05};

  private ReportSamples() {}

  /** An experiment of so many questions, drawn at random from a seed. */
  static ReportInput of(int count, String server) {
    SplittableRandom random = new SplittableRandom(20);
    List<LabelledQuestion> questions = new ArrayList<>();
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean answerable = i % 5 != 4;
      questions.add(
          new LabelledQuestion(
              "q%03d".formatted(i),
              i % 7 == 3
                  ? "第%d个问题：诺曼底在哪个国家？".formatted(i + 1)
                  : "In what year did the %d Norman rulers of Sicily reach Palermo?"
                      .formatted(i + 1),
              answerable ? List.of("1072", "in 1072") : List.of(),
              answerable,
              Map.of("d" + i % 30, 1)));
      double luck = random.nextDouble();
      for (int row = 0; row < ROWS.size(); row++) {
        results.add(result(i, row, answerable, luck, random));
      }
    }
    return input("Four ways to answer, SmolLM2 135M", server, questions, results);
  }

  static ReportInput input(
      String title, String server, List<LabelledQuestion> questions, List<Result> results) {
    return new ReportInput(
        title,
        Instant.parse("2026-11-30T10:00:00Z"),
        server,
        new DatasetFacts(
            "squad.json",
            "en",
            30,
            questions.size(),
            questions.size(),
            "the half for reporting",
            List.of(new BadRecord("squad.json", 7, "the question has no text")),
            1,
            "ab".repeat(32)),
        Map.of("decoder", "SmolLM2-135M-Instruct"),
        "cd".repeat(32),
        Summary.of(ROWS, results, "rag"),
        questions,
        results);
  }

  private static Result result(
      int question, int row, boolean answerable, double luck, SplittableRandom random) {
    Map<Measure, Double> values = new EnumMap<>(Measure.class);
    boolean right = .6 * luck + .4 * random.nextDouble() < RIGHT[row];
    boolean cut = !right && random.nextDouble() < .25;
    if (answerable) {
      values.put(Measure.CONTAINED, right ? 1.0 : 0.0);
      values.put(Measure.F1, right ? .3 + .7 * random.nextDouble() : .1 * random.nextDouble());
      values.put(Measure.EXACT_MATCH, right && random.nextDouble() < .3 ? 1.0 : 0.0);
      values.put(Measure.GOLD_LOGPROB, -3 + 2 * random.nextDouble());
    } else {
      values.put(Measure.ABSTAINED, random.nextDouble() < .1 ? 1.0 : 0.0);
    }
    if (row < 2) {
      double rank = 1 + random.nextInt(4);
      values.put(Measure.RECALL_1, rank == 1 ? 1.0 : 0.0);
      values.put(Measure.RECALL_5, luck < .9 ? 1.0 : 0.0);
      values.put(Measure.RECALL_10, luck < .95 ? 1.0 : 0.0);
      values.put(Measure.MRR, 1 / rank);
      values.put(Measure.NDCG_10, Math.log(2) / Math.log(rank + 1));
    }
    if (row < 3) {
      values.put(Measure.GOLD_READ, luck < (row == 2 ? .4 : .85) ? 1.0 : 0.0);
    }
    values.put(Measure.LOOPS, cut && random.nextBoolean() ? 1.0 : 0.0);
    values.put(Measure.CUT, cut ? 1.0 : 0.0);
    values.put(Measure.FIRST_TOKEN_MS, (row == 4 ? 90 : 700) * (1 + random.nextDouble()));
    values.put(Measure.PROMPT_TOKENS, (double) (row == 4 ? 60 : 500 + random.nextInt(200)));
    values.put(Measure.TOKENS_PER_SECOND, 40 + 20 * random.nextDouble());
    return new Result(
        "q%03d".formatted(question),
        ROWS.get(row).name(),
        row == 3 ? null : "c-%d-%d".formatted(question, row),
        right
            ? "They reached it in 1072."
            : cut ? "They reached the city, the city, ".repeat(6) : "In 1130.",
        cut ? "token limit" : "end",
        values);
  }
}
