package io.kvasir.evaluate.report;

import io.kvasir.evaluate.Bootstrap;
import io.kvasir.evaluate.Estimate;
import io.kvasir.evaluate.Measure;
import io.kvasir.evaluate.PairedDifference;
import io.kvasir.evaluate.RowSummary;
import io.kvasir.evaluate.Summary;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every measure of every row in numbers, and what it is above or below the reference row. */
final class MeasureTables {
  private final Summary summary;

  MeasureTables(Summary summary) {
    this.summary = summary;
  }

  /** Means with their intervals. */
  Markup means() {
    List<Measure> measures = measures();
    Markup html = new Markup();
    head(html, measures);
    for (RowSummary row : summary.rows()) {
      html.add("<tr><th scope=\"row\">%s</th>", row.row().name());
      for (Measure measure : measures) {
        mean(html, measure, row.all().get(measure));
      }
      html.add("</tr>");
    }
    return html.add("</tbody></table></div>");
  }

  /** Differences from the reference row, those in bold whose interval leaves out 0. */
  Markup differences() {
    List<Measure> measures = measures();
    Markup html = new Markup();
    head(html, measures);
    for (RowSummary row : summary.rows()) {
      if (row.row().name().equals(summary.reference())) {
        continue;
      }
      html.add("<tr><th scope=\"row\">%s</th>", row.row().name());
      for (Measure measure : measures) {
        difference(html, measure, row.differences().get(measure));
      }
      html.add("</tr>");
    }
    return html.add("</tbody></table></div>");
  }

  private List<Measure> measures() {
    return Arrays.stream(Measure.values())
        .filter(measure -> summary.rows().stream().anyMatch(row -> row.all().containsKey(measure)))
        .toList();
  }

  private static void head(Markup html, List<Measure> measures) {
    html.add(
        "<div class=\"scroll\" tabindex=\"0\"><table class=\"numbers\"><thead><tr>"
            + "<th scope=\"col\"></th>");
    for (Measure measure : measures) {
      html.add(
          "<th scope=\"col\" title=\"%s\">%s%s</th>",
          measure.sentence(),
          measure.label(),
          measure.unit().sign().isEmpty() ? "" : ", " + measure.unit().sign());
    }
    html.add("</tr></thead><tbody>");
  }

  private static void mean(Markup html, Measure measure, @Nullable Estimate estimate) {
    if (estimate == null) {
      html.add("<td class=\"none\">–</td>");
      return;
    }
    html.add(
        "<td title=\"%s of %d questions\">%s<small>%s</small></td>",
        measure.label(),
        estimate.questions(),
        Markup.value(measure, estimate.mean().mean()),
        interval(measure, estimate.mean()));
  }

  private static void difference(
      Markup html, Measure measure, @Nullable PairedDifference difference) {
    if (difference == null) {
      html.add("<td class=\"none\">–</td>");
      return;
    }
    double mean = difference.difference().mean();
    String kind = !difference.clear() ? "even" : mean > 0 == measure.more() ? "better" : "worse";
    html.add(
        "<td class=\"%s\" title=\"p = %.3f, %d pairs\">%s<small>%s</small></td>",
        kind,
        difference.p(),
        difference.pairs(),
        Markup.signed(measure, mean),
        Markup.signed(measure, difference.difference().low())
            + " to "
            + Markup.signed(measure, difference.difference().high()));
  }

  private static String interval(Measure measure, Bootstrap mean) {
    return Markup.interval(measure, mean.low(), mean.high());
  }
}
