package io.kvasir.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run of the engine's bench found, as a table for the terminal, JSON and a page.
 *
 * @param decoder its name
 * @param facts the machine, versions and checksums
 * @param rows what was measured
 */
record EngineReport(String decoder, Map<String, String> facts, List<EngineRow> rows) {
  private static final String STYLE =
      """
      body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
      table{border-collapse:collapse;width:100%}
      th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #8886;vertical-align:top}
      .yes{color:#186a3b}.no{color:#a93226}
      @media(prefers-color-scheme:dark){body{background:#111;color:#ddd}.yes{color:#7dcea0}.no{color:#f1948a}}
      """;

  /** Prints the facts and the table, as Markdown. */
  void print(PrintStream out) {
    facts.forEach((name, value) -> out.printf("%s: %s%n", name, value));
    out.println();
    table().forEach(line -> out.println("| " + String.join(" | ", line) + " |"));
  }

  private List<String> formats() {
    return rows.stream().flatMap(row -> row.others().keySet().stream()).distinct().toList();
  }

  /** The head, the line below it, and a line for each row. */
  private List<List<String>> table() {
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("measure", "Kvasir"));
    formats().forEach(format -> head.addAll(List.of("llama.cpp " + format, "ratio")));
    head.addAll(List.of("goal", "met"));
    lines.add(head);
    lines.add(head.stream().map(name -> "---").toList());
    for (EngineRow row : rows) {
      List<String> line = new ArrayList<>();
      line.add(row.title() + (row.unit().isEmpty() ? "" : ", " + row.unit()));
      line.add(EngineRow.text(row.values()));
      for (String format : formats()) {
        Series theirs = row.others().get(format);
        line.add(theirs == null ? "" : EngineRow.text(theirs));
        line.add(theirs == null ? "" : EngineRow.text(row.ratio(format)));
      }
      line.addAll(List.of(row.goalText(), row.met()));
      lines.add(line);
    }
    return lines;
  }

  /** Writes {@code engine.json} and {@code engine.html} into a folder. */
  void write(Path folder) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("decoder", decoder);
    json.put("facts", facts);
    json.put("rows", rows.stream().map(EngineRow::json).toList());
    try {
      Files.createDirectories(folder);
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(folder.resolve("engine.json").toFile(), json);
      Files.writeString(folder.resolve("engine.html"), html());
    } catch (IOException e) {
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE, folder + " cannot be written: " + e.getMessage(), e);
    }
  }

  private String html() {
    StringBuilder page =
        new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">");
    page.append("<meta name=\"viewport\" content=\"width=device-width\"><title>Engine: ")
        .append(escape(decoder))
        .append("</title><style>")
        .append(STYLE)
        .append("</style><h1>How fast ")
        .append(escape(decoder))
        .append(
            " is</h1><p>Medians of the rounds; in brackets the least and the greatest. A ratio is")
        .append(" Kvasir's speed over the other's in the same round.</p><table>");
    List<List<String>> table = table();
    cells(page, "th", table.get(0));
    table.subList(2, table.size()).forEach(line -> cells(page, "td", line));
    page.append("</table><h2>Where and with what</h2><table>");
    facts.forEach((name, value) -> cells(page, "td", List.of(name, value)));
    return page.append("</table></html>\n").toString();
  }

  private static void cells(StringBuilder page, String tag, List<String> line) {
    page.append("<tr>");
    for (String cell : line) {
      String verdict = cell.equals("yes") || cell.equals("no") ? " class=\"" + cell + "\"" : "";
      page.append("<%s%s>%s</%s>".formatted(tag, verdict, escape(cell), tag));
    }
    page.append("</tr>");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
