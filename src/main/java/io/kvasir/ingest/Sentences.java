package io.kvasir.ingest;

import java.util.ArrayList;
import java.util.List;

/** Finds where text may be cut: at the ends of sentences, lines and words. */
final class Sentences {
  private static final String ENDS = ".!?";
  private static final String CHINESE_ENDS = "。！？；…";
  private static final String CLOSING = "\"')]}”’」』）】》";

  private Sentences() {}

  /** The sentences of a stretch, in order; between them there is only white space. */
  static List<Span> in(String text, Span stretch) {
    List<Span> sentences = new ArrayList<>();
    int first = stretch.start();
    int i = first;
    while (i < stretch.end()) {
      char c = text.charAt(i++);
      boolean chinese = CHINESE_ENDS.indexOf(c) >= 0;
      if (!chinese && ENDS.indexOf(c) < 0) {
        continue;
      }
      while (i < stretch.end() && isClosing(text.charAt(i))) {
        i++;
      }
      // A full stop within a word, a number or a name ends nothing.
      if (chinese || (i < stretch.end() && Character.isWhitespace(text.charAt(i)))) {
        add(sentences, new Span(first, i).stripped(text));
        first = i;
      }
    }
    add(sentences, new Span(first, stretch.end()).stripped(text));
    return sentences;
  }

  /**
   * Two parts of a stretch of two or more characters: cut at the line's end nearest to its middle;
   * without one in the middle half, between words; without any, between characters.
   */
  static List<Span> halves(String text, Span stretch) {
    int middle = stretch.start() + stretch.length() / 2;
    int reach = Math.max(1, stretch.length() / 4);
    int cut = nearest(text, middle, reach, true);
    if (cut < 0) {
      cut = nearest(text, middle, reach, false);
    }
    if (cut < 0) {
      cut = middle;
      boolean pair = Character.isSurrogatePair(text.charAt(cut - 1), text.charAt(cut));
      cut += pair ? (cut - 1 > stretch.start() ? -1 : 1) : 0;
    }
    List<Span> halves = new ArrayList<>();
    add(halves, new Span(stretch.start(), cut).stripped(text));
    add(halves, new Span(cut, stretch.end()).stripped(text));
    return halves;
  }

  private static int nearest(String text, int middle, int reach, boolean line) {
    for (int distance = 0; distance < reach; distance++) {
      if (isBreak(text.charAt(middle - distance), line)) {
        return middle - distance;
      }
      if (isBreak(text.charAt(middle + distance), line)) {
        return middle + distance;
      }
    }
    return -1;
  }

  private static boolean isBreak(char c, boolean line) {
    return line ? c == '\n' : Character.isWhitespace(c);
  }

  private static boolean isClosing(char c) {
    return CLOSING.indexOf(c) >= 0 || ENDS.indexOf(c) >= 0 || CHINESE_ENDS.indexOf(c) >= 0;
  }

  private static void add(List<Span> spans, Span span) {
    if (span.length() > 0) {
      spans.add(span);
    }
  }
}
