package io.kvasir.ingest;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.ingest.ExtractedText.Heading;
import io.kvasir.ingest.Sentences.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a document into passages: never across a heading or a page, at the end of a paragraph or
 * sentence where one fits, of about equal size within a section. All text is in some passage;
 * headings are in the heading path of what follows them.
 */
final class Splitter {
  /** The size passages have at the most, in tokens of the encoder, headings included. */
  static final int MAX_TOKENS = 200;

  /** Between the headings of a path. */
  static final String SEPARATOR = " › ";

  /**
   * What counts as a token even if the encoder sees less: of a word it does not know it makes one
   * token, however long, but the decoder has to read it all.
   */
  private static final int CHARACTERS_OF_A_TOKEN = 8;

  private final ToIntFunction<String> tokens;
  private final int maxPassages;

  Splitter(ToIntFunction<String> tokens, int maxPassages) {
    this.tokens = tokens;
    this.maxPassages = maxPassages;
  }

  /**
   * A passage of a text.
   *
   * @param heading path, or empty
   * @param page from 1, or null
   * @param start offset of its first character
   * @param end offset behind its last
   */
  record Span(String heading, @Nullable Integer page, int start, int end) {
    /** What is searched: the headings say what the text is about, often in the question's words. */
    String key(String text) {
      String value = text.substring(start, end);
      return heading.isEmpty() || heading.endsWith(value) ? value : heading + "\n" + value;
    }
  }

  /** The passages in order; TOO_LARGE if there are more than allowed. */
  List<Span> split(ExtractedText document) {
    List<Span> spans = new ArrayList<>();
    List<Heading> headings = document.headings();
    int firstHeading = headings.isEmpty() ? document.text().length() : headings.get(0).start();
    section(document, "", 0, firstHeading, spans);
    List<Heading> path = new ArrayList<>();
    for (int i = 0; i < headings.size(); i++) {
      Heading heading = headings.get(i);
      boolean last = i + 1 == headings.size();
      int end = last ? document.text().length() : headings.get(i + 1).start();
      path.removeIf(above -> above.level() >= heading.level());
      path.add(heading);
      String headingPath = String.join(SEPARATOR, path.stream().map(Heading::text).toList());
      int before = spans.size();
      section(document, headingPath, heading.end(), end, spans);
      boolean leaf = last || headings.get(i + 1).level() <= heading.level();
      if (spans.size() == before && leaf) {
        // Nothing below it will carry it in a path.
        spans.add(
            new Span(headingPath, document.page(heading.start()), heading.start(), heading.end()));
      }
    }
    return spans;
  }

  private void section(
      ExtractedText document, String heading, int start, int end, List<Span> spans) {
    int from = start;
    for (int page : document.pageStarts()) {
      if (page > from && page < end) {
        stretch(document, heading, from, page, spans);
        from = page;
      }
    }
    stretch(document, heading, from, end, spans);
  }

  private void stretch(
      ExtractedText document, String heading, int start, int end, List<Span> spans) {
    int limit = Math.max(MAX_TOKENS / 2, MAX_TOKENS - size(heading));
    List<Unit> units = new Sentences(document.text(), this::size, limit).between(start, end);
    int total = units.stream().mapToInt(Unit::size).sum();
    int passages = Math.max(1, (total + limit - 1) / limit);
    int aim = (total + passages - 1) / passages;
    int from = 0;
    int sum = 0;
    for (int i = 0; i < units.size(); i++) {
      int with = sum + units.get(i).size();
      if (i > from && (with > limit || sum >= aim)) {
        add(document, heading, units.subList(from, i), spans);
        from = i;
        with = units.get(i).size();
      }
      sum = with;
    }
    if (from < units.size()) {
      add(document, heading, units.subList(from, units.size()), spans);
    }
  }

  private void add(ExtractedText document, String heading, List<Unit> units, List<Span> spans) {
    if (spans.size() == maxPassages) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "it has more than %d passages (ingest.max-passages); split it".formatted(maxPassages));
    }
    int start = units.get(0).start();
    spans.add(new Span(heading, document.page(start), start, units.get(units.size() - 1).end()));
  }

  private int size(String text) {
    return Math.max(tokens.applyAsInt(text), text.length() / CHARACTERS_OF_A_TOKEN);
  }
}
