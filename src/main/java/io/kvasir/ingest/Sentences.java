package io.kvasir.ingest;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a stretch of text into units that are never larger than a passage may be: paragraphs where
 * they fit, else sentences, else pieces of a sentence between words.
 */
final class Sentences {
  /** The longest stretch that is measured in one go: measuring megabytes takes gigabytes. */
  private static final int MAX_MEASURED = 2_000;

  private static final Pattern PARAGRAPH_END = Pattern.compile("\\n\\s*\\n");

  private final String text;
  private final ToIntFunction<String> size;
  private final int limit;

  /**
   * Units of a text.
   *
   * @param size of a stretch, at least additive over its pieces
   * @param limit the largest size of a unit
   */
  Sentences(String text, ToIntFunction<String> size, int limit) {
    this.text = text;
    this.size = size;
    this.limit = limit;
  }

  /**
   * A stretch of the text without space at its ends.
   *
   * @param start offset of its first character
   * @param end offset behind its last
   * @param size of it
   */
  record Unit(int start, int end, int size) {}

  /** The units between two offsets; nothing but space lies between them. */
  List<Unit> between(int start, int end) {
    List<Unit> units = new ArrayList<>();
    Matcher matcher = PARAGRAPH_END.matcher(text).region(start, end);
    int from = start;
    while (matcher.find()) {
      paragraph(from, matcher.start(), units);
      from = matcher.end();
    }
    paragraph(from, end, units);
    return units;
  }

  private void paragraph(int start, int end, List<Unit> units) {
    if (addIfFits(start, end, units)) {
      return;
    }
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    sentences.setText(text.substring(start, end));
    int from = sentences.first();
    for (int to = sentences.next(); to != BreakIterator.DONE; from = to, to = sentences.next()) {
      pieces(start + from, start + to, units);
    }
  }

  private void pieces(int start, int end, List<Unit> units) {
    int from = start;
    while (from < end && !addIfFits(from, end, units)) {
      int to = Math.min(end, from + MAX_MEASURED);
      while (!addIfFits(from, to, units)) {
        to = cutBefore(from, from + (to - from) / 2);
      }
      from = to;
    }
  }

  /** Adds a stretch unless it is too large; true if it is dealt with. */
  private boolean addIfFits(int start, int end, List<Unit> units) {
    int first = start;
    int last = end;
    while (first < last && Character.isWhitespace(text.charAt(first))) {
      first++;
    }
    while (first < last && Character.isWhitespace(text.charAt(last - 1))) {
      last--;
    }
    if (first == last) {
      return true;
    }
    if (last - first > MAX_MEASURED) {
      return false;
    }
    int measured = size.applyAsInt(text.substring(first, last));
    // One character cannot be cut, whatever it measures.
    if (measured > limit && last - first > Character.charCount(text.codePointAt(first))) {
      return false;
    }
    units.add(new Unit(first, last, measured));
    return true;
  }

  /** The last place before an offset where a word ends, or the offset if there is none near. */
  private int cutBefore(int start, int offset) {
    int wanted = Math.max(start + 1, offset);
    for (int at = wanted; at > start + (wanted - start) / 2; at--) {
      char before = text.charAt(at - 1);
      if (Character.isWhitespace(before) || "，、；：,;:。".indexOf(before) >= 0) {
        return at;
      }
    }
    boolean insideOfAPair =
        Character.isHighSurrogate(text.charAt(wanted - 1))
            && wanted < text.length()
            && Character.isLowSurrogate(text.charAt(wanted));
    return insideOfAPair ? wanted + 1 : wanted;
  }
}
