package io.kvasir.evaluate.report;

import io.kvasir.core.ProblemException;
import io.kvasir.evaluate.Estimate;
import io.kvasir.evaluate.Measure;
import io.kvasir.evaluate.Result;
import io.kvasir.evaluate.RowSummary;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** An experiment as tables (RFC 4180): its results one by one, and what they come to. */
public final class CsvReport {
  private CsvReport() {}

  /** A line for every question in every row, with a column for each measure. */
  public static String results(ReportInput input) {
    Map<String, LabelledQuestion> questions = new HashMap<>();
    input.questions().forEach(question -> questions.put(question.id(), question));
    List<Object> headings =
        new ArrayList<>(List.of("question", "text", "gold", "row", "contrast", "answer", "ended"));
    for (Measure measure : Measure.values()) {
      headings.add(measure.wire());
    }
    List<List<Object>> lines = new ArrayList<>(List.of(headings));
    for (Result result : input.results()) {
      LabelledQuestion question = questions.get(result.question());
      List<Object> line = new ArrayList<>();
      line.add(text(result.question()));
      line.add(question == null ? "" : text(question.text()));
      line.add(question == null ? "" : text(String.join("|", question.answers())));
      line.add(text(result.row()));
      line.add(result.contrast() == null ? "" : result.contrast());
      line.add(text(result.answer()));
      line.add(text(result.ended()));
      for (Measure measure : Measure.values()) {
        Double value = result.values().get(measure);
        line.add(value == null ? "" : value);
      }
      lines.add(line);
    }
    return printed(lines);
  }

  /** A line for every row, group of questions and measure. */
  public static String summary(ReportInput input) {
    List<List<Object>> lines = new ArrayList<>();
    lines.add(List.of("row", "group", "measure", "mean", "low", "high", "questions", "p"));
    for (RowSummary row : input.summary().rows()) {
      estimates(lines, row.row().name(), "all", row.all());
      estimates(lines, row.row().name(), "known", row.known());
      estimates(lines, row.row().name(), "unknown", row.unknown());
      row.differences()
          .forEach(
              (measure, each) ->
                  lines.add(
                      List.of(
                          text(row.row().name()),
                          text("difference from " + input.summary().reference()),
                          measure.wire(),
                          each.difference().mean(),
                          each.difference().low(),
                          each.difference().high(),
                          each.pairs(),
                          each.p())));
    }
    return printed(lines);
  }

  private static void estimates(
      List<List<Object>> lines, String row, String group, Map<Measure, Estimate> estimates) {
    estimates.forEach(
        (measure, each) ->
            lines.add(
                List.of(
                    text(row),
                    group,
                    measure.wire(),
                    each.mean().mean(),
                    each.mean().low(),
                    each.mean().high(),
                    each.questions(),
                    "")));
  }

  /** What a spreadsheet would take for a formula begins with an apostrophe instead. */
  private static String text(String text) {
    return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String printed(List<List<Object>> lines) {
    StringBuilder table = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(table, CSVFormat.RFC4180)) {
      printer.printRecords(lines);
    } catch (IOException e) {
      throw new ProblemException(
          ProblemException.Kind.INTERNAL, "the report's table cannot be written", e);
    }
    return table.toString();
  }
}
