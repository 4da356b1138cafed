package io.kvasir.evaluate.report;

import io.kvasir.core.Checksum;
import io.kvasir.core.ProblemException;
import io.kvasir.evaluate.Moves;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An experiment as one HTML file that needs nothing but itself, and may load nothing. */
public final class HtmlReport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** The style of the file; what is narrow comes last, since it overrides. */
  private static final List<String> STYLES =
      List.of("report.css", "charts.css", "questions.css", "narrow.css");

  /** A matrix can have dozens of rows; so many pictures would be looked at by nobody. */
  private static final int MOST_FLOWS = 12;

  private HtmlReport() {}

  /** The whole file. */
  public static String of(ReportInput input) {
    String style = STYLES.stream().map(HtmlReport::resource).collect(Collectors.joining());
    String script = resource("report.js");
    Markup html =
        new Markup()
            .add(
                "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                    + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
                    + " style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none';"
                    + " form-action 'none'\">"
                    + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                    + "<meta name=\"color-scheme\" content=\"light dark\">"
                    + "<title>%s – Kvasir</title>",
                hash(style), hash(script), input.title());
    return html
        + "<style>"
        + style
        + "</style></head><body>"
        + body(input)
        + "<script>"
        + script
        + "</script></body></html>\n";
  }

  private static Markup body(ReportInput input) {
    MeasureBars bars = new MeasureBars(input.summary());
    MeasureTables tables = new MeasureTables(input.summary());
    Markup html =
        new Markup()
            .add(
                "<header><p class=\"brand\">Kvasir experiment</p><h1 dir=\"auto\">%s</h1>"
                    + "<p class=\"lead\">%,d questions about %,d documents of %s, each asked in %d"
                    + " rows.<br>%s</p></header><main>",
                input.title(),
                input.dataset().questions(),
                input.dataset().documents(),
                input.dataset().name(),
                input.summary().rows().size(),
                TIME.format(input.created()));
    html.add(
            "<section><h2>Measures</h2><p class=\"note\">Whiskers are 95 %% intervals over the"
                + " questions. Grey rows are bounds: the passage that answers given, or none.</p>")
        .add(bars.charts())
        .add("</section>");
    if (bars.isApart()) {
      html.add(
              "<section><h2>What the decoder knows anyway</h2><p class=\"note\">Right answers"
                  + " (contained) where the closed row is right too, and where it is not.</p>")
          .add(bars.apart())
          .add("</section>");
    }
    html.add("<section><h2>All numbers</h2>").add(tables.means());
    if (input.summary().rows().size() > 1) {
      html.add(
              "<h3 class=\"over\">Difference from %s, on the same questions</h3>"
                  + "<p class=\"note\">Coloured where the interval leaves out 0.</p>",
              input.summary().reference())
          .add(tables.differences());
    }
    html.add("</section>");
    moves(html, input);
    html.add("<section><h2>Questions</h2>").add(new QuestionList(input).section());
    return facts(html.add("</section>"), input).add("</main>");
  }

  private static void moves(Markup html, ReportInput input) {
    if (input.summary().moves().stream().anyMatch(moves -> moves.total() > 0)) {
      html.add(
          "<section><h2>Questions that moved</h2><p class=\"note\">Right: the gold answer is"
              + " contained. Cut: wrong, and in circles or at the token limit.%s</p>"
              + "<div class=\"flows\">",
          input.summary().moves().size() > MOST_FLOWS
              ? " The first %d rows; the JSON file has all.".formatted(MOST_FLOWS)
              : "");
      for (Moves moves : first(input.summary().moves())) {
        if (moves.total() > 0) {
          html.add(new FlowPicture(moves).figure());
        }
      }
      html.add("</div></section>");
    }
  }

  private static List<Moves> first(List<Moves> moves) {
    return moves.subList(0, Math.min(MOST_FLOWS, moves.size()));
  }

  private static Markup facts(Markup html, ReportInput input) {
    html.add("<section><h2>Settings and checksums</h2><dl>");
    fact(html, "Checksum of the experiment", input.checksum());
    fact(html, "Dataset", input.dataset().name() + " (" + input.dataset().language() + ")");
    fact(html, "SHA-256 of the dataset", input.dataset().checksum());
    fact(html, "Questions of it", input.dataset().choice());
    fact(html, "Records that could not be used", Integer.toString(input.dataset().badRecords()));
    input.dataset().bad().forEach(each -> fact(html, "", each.toString()));
    input.settings().forEach((name, value) -> fact(html, name, value));
    input.rows().forEach(row -> fact(html, "Row " + row.name(), row(row.path(), row.settings())));
    return html.add("</dl></section>");
  }

  private static String row(String path, Map<String, String> settings) {
    StringBuilder said = new StringBuilder("path " + path);
    settings.forEach((name, value) -> said.append(", ").append(name).append(" = ").append(value));
    return said.toString();
  }

  private static void fact(Markup html, String name, String value) {
    html.add("<div><dt>%s</dt><dd>%s</dd></div>", name, value);
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ProblemException(
          ProblemException.Kind.INTERNAL, "the report's " + name + " cannot be read", e);
    }
  }

  private static String hash(String text) {
    return Base64.getEncoder().encodeToString(Checksum.bytes(text));
  }
}
