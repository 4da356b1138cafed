package io.kvasir.evaluate.report;

import io.kvasir.evaluate.Bootstrap;
import io.kvasir.evaluate.Measure;
import io.kvasir.evaluate.Result;
import io.kvasir.evaluate.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The means of an experiment with their intervals, as a table in Markdown: a line for each measure,
 * so that it fits a terminal.
 */
public final class TextReport {
  private TextReport() {}

  /** The table; a measure that applies to no result has no column. */
  public static String of(ReportInput input) {
    List<Row> rows = input.rows();
    List<Result> results = input.results();
    List<Measure> measures = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      if (results.stream().anyMatch(result -> result.values().containsKey(measure))) {
        measures.add(measure);
      }
    }
    StringBuilder table = new StringBuilder("| |");
    rows.forEach(row -> table.append(' ').append(row.name()).append(" |"));
    table.append("\n|---|").append("---|".repeat(rows.size())).append("\n| answers |");
    rows.forEach(row -> table.append(' ').append(of(row, results).size()).append(" |"));
    for (Measure measure : measures) {
      table.append("\n| ").append(measure.label()).append(" |");
      rows.forEach(row -> table.append(' ').append(cell(of(row, results), measure)).append(" |"));
    }
    return table.append('\n').toString();
  }

  private static List<Result> of(Row row, List<Result> results) {
    return results.stream().filter(result -> result.row().equals(row.name())).toList();
  }

  private static String cell(List<Result> results, Measure measure) {
    double[] values =
        results.stream()
            .map(result -> result.values().get(measure))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    if (values.length == 0) {
      return "–";
    }
    Bootstrap mean = Bootstrap.of(values);
    Measure.Unit unit = measure.unit();
    return "%s [%s, %s]"
        .formatted(unit.print(mean.mean()), unit.print(mean.low()), unit.print(mean.high()));
  }
}
