package io.kvasir.evaluate.report;

import io.kvasir.evaluate.Result;
import io.kvasir.evaluate.Row;
import io.kvasir.evaluate.RowSummary;
import io.kvasir.evaluate.Summary;
import io.kvasir.evaluate.dataset.DatasetFacts;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that stands in a report.
 *
 * @param title of the experiment
 * @param created when its results were complete
 * @param server where its contrasts can be opened, like {@code http://127.0.0.1:8080/}; null if
 *     nowhere
 * @param dataset what was asked
 * @param settings in which all rows agree
 * @param checksum of what the results depend on; runs of the same may be put together
 * @param summary what came out
 * @param questions what was asked, in the order in which they are shown
 * @param results of every question in every row, as far as there are
 */
public record ReportInput(
    String title,
    Instant created,
    @Nullable String server,
    DatasetFacts dataset,
    Map<String, String> settings,
    String checksum,
    Summary summary,
    List<LabelledQuestion> questions,
    List<Result> results) {
  public ReportInput {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    questions = List.copyOf(questions);
    results = List.copyOf(results);
  }

  /** The rows in the order of the experiment. */
  List<Row> rows() {
    return summary.rows().stream().map(RowSummary::row).toList();
  }

  /** The results by question and row. */
  Map<String, Map<String, Result>> byQuestion() {
    Map<String, Map<String, Result>> byQuestion = new LinkedHashMap<>();
    for (Result result : results) {
      byQuestion
          .computeIfAbsent(result.question(), id -> new LinkedHashMap<>())
          .put(result.row(), result);
    }
    return byQuestion;
  }
}
