package io.kvasir.evaluate.report;

import io.kvasir.evaluate.Estimate;
import io.kvasir.evaluate.Measure;
import io.kvasir.evaluate.RowSummary;
import io.kvasir.evaluate.Summary;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Bars with intervals, a small chart for each measure and a bar for each row. */
final class MeasureBars {
  private static final List<Measure> CHARTED =
      List.of(
          Measure.CONTAINED,
          Measure.F1,
          Measure.ABSTAINED,
          Measure.RECALL_5,
          Measure.NDCG_10,
          Measure.GOLD_READ,
          Measure.LOOPS,
          Measure.REPEATED,
          Measure.CUT,
          Measure.FIRST_TOKEN_MS,
          Measure.TOKENS_PER_SECOND,
          Measure.PROMPT_TOKENS,
          Measure.PROCESSOR_SECONDS);

  private final Summary summary;

  MeasureBars(Summary summary) {
    this.summary = summary;
  }

  /** The charts of all questions. */
  Markup charts() {
    Markup html = new Markup().add("<div class=\"charts\">");
    for (Measure measure : CHARTED) {
      if (has(measure, RowSummary::all)) {
        html.add(chart(measure.label(), measure, RowSummary::all));
      }
    }
    return html.add("</div>");
  }

  /**
   * The share of right answers of the questions that the decoder knows anyway, and of the others.
   */
  Markup apart() {
    Markup html = new Markup().add("<div class=\"charts two\">");
    if (has(Measure.CONTAINED, RowSummary::known)) {
      html.add(chart("Known without documents", Measure.CONTAINED, RowSummary::known));
    }
    if (has(Measure.CONTAINED, RowSummary::unknown)) {
      html.add(chart("Not known", Measure.CONTAINED, RowSummary::unknown));
    }
    return html.add("</div>");
  }

  /** Whether there is a row of what the decoder knows anyway. */
  boolean isApart() {
    return has(Measure.CONTAINED, RowSummary::unknown);
  }

  private boolean has(Measure measure, Function<RowSummary, Map<Measure, Estimate>> group) {
    return summary.rows().stream().anyMatch(row -> group.apply(row).containsKey(measure));
  }

  private Markup chart(
      String name, Measure measure, Function<RowSummary, Map<Measure, Estimate>> group) {
    double end = end(measure, group);
    int questions =
        summary.rows().stream()
            .flatMap(row -> Stream.ofNullable(group.apply(row).get(measure)))
            .mapToInt(Estimate::questions)
            .max()
            .orElse(0);
    Markup html =
        new Markup()
            .add(
                "<figure><figcaption><h3>%s</h3><p>%s <span>n&nbsp;=&nbsp;%d</span></p>"
                    + "</figcaption>",
                name, measure.sentence(), questions);
    for (RowSummary row : summary.rows()) {
      Estimate estimate = group.apply(row).get(measure);
      if (estimate != null) {
        html.add(bar(row, measure, estimate, end));
      }
    }
    return html.add(
        "<div class=\"axis\"><span></span><span class=\"ends\"><i>0</i><i>%s</i></span>"
            + "<span></span></div></figure>",
        (Markup.value(measure, end) + " " + measure.unit().sign()).strip());
  }

  private static Markup bar(RowSummary row, Measure measure, Estimate estimate, double end) {
    Markup html =
        new Markup()
            .add(
                "<div class=\"bar%s\"><span class=\"name\">%s</span>",
                row.row().bound() ? " bound" : "", row.row().name());
    double low = 100 * Math.max(0, estimate.mean().low()) / end;
    double high = 100 * estimate.mean().high() / end;
    return html.add(
            "<svg viewBox=\"0 0 100 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                + "<rect class=\"track\" width=\"100\" height=\"12\"/>"
                + "<rect class=\"fill\" width=\"%.2f\" height=\"12\"/>"
                + "<path class=\"interval\" d=\"M%.2f 6H%.2fM%.2f 3V9M%.2f 3V9\"/></svg>",
            100 * Math.max(0, estimate.mean().mean()) / end, low, high, low, high)
        .add(
            "<span class=\"value\"><b>%s</b> <small>%s</small></span></div>",
            Markup.value(measure, estimate.mean().mean()),
            Markup.interval(measure, estimate.mean().low(), estimate.mean().high()));
  }

  /** Where the axis ends: a round number above every interval; shares end at 1 at the latest. */
  private double end(Measure measure, Function<RowSummary, Map<Measure, Estimate>> group) {
    double most =
        summary.rows().stream()
            .flatMap(row -> Stream.ofNullable(group.apply(row).get(measure)))
            .mapToDouble(estimate -> estimate.mean().high())
            .max()
            .orElse(1);
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(most, 0.01))));
    for (double step : new double[] {1, 2, 5}) {
      if (most <= step * power) {
        return step * power;
      }
    }
    return 10 * power;
  }
}
