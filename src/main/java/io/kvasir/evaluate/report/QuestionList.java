package io.kvasir.evaluate.report;

import io.kvasir.evaluate.Measure;
import io.kvasir.evaluate.Outcome;
import io.kvasir.evaluate.Result;
import io.kvasir.evaluate.Row;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Every question with what each row answered, and filters over them. */
final class QuestionList {
  private static final List<Measure> SHOWN =
      List.of(Measure.F1, Measure.MRR, Measure.GOLD_READ, Measure.PROMPT_TOKENS);

  private final ReportInput input;
  private final List<Row> rows;

  QuestionList(ReportInput input) {
    this.input = input;
    this.rows = input.rows();
  }

  /** Filters and list. */
  Markup section() {
    Markup html = filters(new Markup());
    html.add("<ol class=\"key\">");
    rows.forEach(row -> html.add("<li>%s</li>", row.name()));
    html.add(
        "</ol><p class=\"legend\"><span class=\"m right\">✓</span> right"
            + " <span class=\"m cut\">…</span> in circles or cut"
            + " <span class=\"m wrong\">–</span> wrong</p>"
            + "<p id=\"count\" role=\"status\"></p><div id=\"questions\" data-paths=\"%s\">",
        paths(Row::canBeRight));
    Map<String, Map<String, Result>> results = input.byQuestion();
    for (LabelledQuestion question : input.questions()) {
      add(html, question, results.getOrDefault(question.id(), Map.of()));
    }
    return html.add("</div>");
  }

  private Markup filters(Markup html) {
    html.add(
        "<div class=\"filters\"><label>Row <select id=\"row\"><option value=\"\">any</option>");
    for (int i = 0; i < rows.size(); i++) {
      html.add(
          "<option value=\"%d\" data-path=\"%s\">%s</option>",
          i, rows.get(i).path(), rows.get(i).name());
    }
    return html.add(
        "</select></label><label>Right <select id=\"right\"><option value=\"\">all</option>"
            + "<option value=\"yes\">right</option><option value=\"no\">not right</option>"
            + "<option value=\"alone\">by one path alone</option>"
            + "<option value=\"every\">by every path</option>"
            + "<option value=\"none\">by no path</option></select></label>"
            + "<label>Found <select id=\"found\"><option value=\"\">all</option>"
            + "<option value=\"yes\">retrieved</option><option value=\"no\">not retrieved</option>"
            + "</select></label><label>Read <select id=\"read\"><option value=\"\">all</option>"
            + "<option value=\"yes\">read</option><option value=\"no\">not read</option></select>"
            + "</label><label class=\"words\">Words <input id=\"words\" type=\"search\"></label>"
            + "</div>");
  }

  private void add(Markup html, LabelledQuestion question, Map<String, Result> results) {
    html.add(
        "<details data-right=\"%s\" data-by=\"%s\" data-judged=\"%s\" data-found=\"%s\""
            + " data-read=\"%s\"><summary>"
            + "<span class=\"asked\" dir=\"auto\">%s</span><span class=\"marks\">",
        places(row -> outcome(results, row) == Outcome.RIGHT),
        paths(row -> row.canBeRight() && outcome(results, row) == Outcome.RIGHT),
        paths(row -> row.canBeRight() && outcome(results, row) != null),
        places(row -> says(results, row, Measure.RECALL_10)),
        places(row -> says(results, row, Measure.GOLD_READ)),
        question.text());
    for (Row row : rows) {
      Outcome outcome = outcome(results, row);
      html.add(
          "<span class=\"m %s\" title=\"%s\">%s</span>",
          outcome == null ? "none" : FlowPicture.name(outcome),
          row.name() + ": " + (outcome == null ? "not judged" : FlowPicture.name(outcome)),
          mark(outcome));
    }
    html.add(
        "</span></summary><p class=\"gold\" dir=\"auto\"><b>%s</b> %s <code>%s</code></p>",
        question.answerable() ? "Gold" : "Unanswerable",
        String.join(" / ", question.answers().stream().distinct().toList()),
        question.id());
    for (Row row : rows) {
      Result result = results.get(row.name());
      if (result != null) {
        answer(html, row, result);
      }
    }
    html.add("</details>");
  }

  private void answer(Markup html, Row row, Result result) {
    Outcome outcome = Outcome.of(result);
    html.add(
        "<div class=\"answer\"><h4><span class=\"m %s\">%s</span> %s</h4>"
            + "<p dir=\"auto\">%s</p><p class=\"facts\">%s",
        outcome == null ? "none" : FlowPicture.name(outcome),
        mark(outcome),
        row.name(),
        result.answer().strip(),
        SHOWN.stream()
            .filter(result.values()::containsKey)
            .map(
                measure ->
                    measure.label()
                        + " "
                        + Markup.value(measure, result.values().getOrDefault(measure, 0.0)))
            .collect(Collectors.joining(" · ")));
    html.add(" · %s", "ended: " + result.ended());
    String contrast = result.contrast();
    String server = input.server();
    if (contrast != null && server != null && server.matches("https?://.*")) {
      html.add(" · <a href=\"%s\">open the contrast</a>", address(server, contrast));
    } else if (contrast != null) {
      html.add(" · contrast <code>%s</code>", contrast);
    }
    html.add("</p></div>");
  }

  private static String address(String server, String contrast) {
    return (server.endsWith("/") ? server : server + "/")
        + "#/contrast/"
        + URLEncoder.encode(contrast, StandardCharsets.UTF_8);
  }

  private static String mark(@Nullable Outcome outcome) {
    if (outcome == null) {
      return "·";
    }
    return switch (outcome) {
      case RIGHT -> "✓";
      case CUT -> "…";
      case WRONG -> "–";
    };
  }

  private static @Nullable Outcome outcome(Map<String, Result> results, Row row) {
    Result result = results.get(row.name());
    return result == null ? null : Outcome.of(result);
  }

  private static boolean says(Map<String, Result> results, Row row, Measure measure) {
    Result result = results.get(row.name());
    return result != null && result.says(measure);
  }

  /** The paths of rows, each once and between blanks: by whichever of its rows. */
  private String paths(Predicate<Row> which) {
    return rows.stream()
        .filter(which)
        .map(Row::path)
        .distinct()
        .map(path -> " " + path)
        .collect(Collectors.joining("", "", " "));
  }

  /** The places of rows, each between blanks, as the script looks for them. */
  private String places(Predicate<Row> which) {
    return IntStream.range(0, rows.size())
        .filter(i -> which.test(rows.get(i)))
        .mapToObj(i -> " " + i)
        .collect(Collectors.joining("", "", " "));
  }
}
