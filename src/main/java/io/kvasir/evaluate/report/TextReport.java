package io.kvasir.evaluate.report;

import io.kvasir.evaluate.Bootstrap;
import io.kvasir.evaluate.Estimate;
import io.kvasir.evaluate.Measure;
import io.kvasir.evaluate.RowSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The means of an experiment with their intervals, as a table in Markdown: a line for each measure,
 * so that it fits a terminal.
 */
public final class TextReport {
  private TextReport() {}

  /** The table; a measure that applies to no result has no line. */
  public static String of(ReportInput input) {
    List<RowSummary> rows = input.summary().rows();
    StringBuilder table = new StringBuilder("| |");
    rows.forEach(row -> table.append(' ').append(row.row().name()).append(" |"));
    table.append("\n|---|").append("---|".repeat(rows.size())).append("\n| answers |");
    rows.forEach(row -> table.append(' ').append(answers(row, input)).append(" |"));
    for (Measure measure : Measure.values()) {
      if (rows.stream().anyMatch(row -> row.all().containsKey(measure))) {
        table.append("\n| ").append(measure.label()).append(" |");
        rows.forEach(
            row -> table.append(' ').append(cell(row.all().get(measure), measure)).append(" |"));
      }
    }
    return table.append('\n').toString();
  }

  private static long answers(RowSummary row, ReportInput input) {
    return input.results().stream().filter(result -> result.row().equals(row.row().name())).count();
  }

  private static String cell(@Nullable Estimate estimate, Measure measure) {
    if (estimate == null) {
      return "–";
    }
    Bootstrap mean = estimate.mean();
    Measure.Unit unit = measure.unit();
    return "%s [%s, %s]"
        .formatted(unit.print(mean.mean()), unit.print(mean.low()), unit.print(mean.high()));
  }
}
