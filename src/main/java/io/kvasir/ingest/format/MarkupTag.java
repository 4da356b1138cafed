package io.kvasir.ingest.format;

import java.util.Locale;
import java.util.Optional;

/**
 * A tag or comment as CommonMark knows them, which is stricter than browsers are.
 *
 * @param start where its {@code <} is
 * @param end behind its {@code >}
 * @param name in lower case; empty for a comment
 * @param closing whether it is an end tag
 * @param attributes whether it has any
 */
record MarkupTag(int start, int end, String name, boolean closing, boolean attributes) {
  private static final String COMMENT = "<!--";

  /** The tag that begins at a place, if one does. Looks no further than to its end. */
  static Optional<MarkupTag> at(String text, int start) {
    if (text.startsWith(COMMENT, start)) {
      int end = text.indexOf("-->", start + COMMENT.length());
      return end < 0
          ? Optional.empty()
          : Optional.of(new MarkupTag(start, end + 3, "", false, false));
    }
    boolean closing = text.startsWith("</", start);
    int begin = start + (closing ? 2 : 1);
    int i = begin;
    while (i < text.length() && isName(text.charAt(i), i == begin)) {
      i++;
    }
    if (i == begin) {
      return Optional.empty();
    }
    String name = text.substring(begin, i).toLowerCase(Locale.ROOT);
    int end = closing ? i : attributes(text, i);
    int close = end < 0 ? -1 : skipped(text, end, !closing);
    return close >= 0 && close < text.length() && text.charAt(close) == '>'
        ? Optional.of(new MarkupTag(start, close + 1, name, closing, end > i))
        : Optional.empty();
  }

  /** Whether it is a comment. */
  boolean isComment() {
    return name.isEmpty();
  }

  private static int attributes(String text, int start) {
    int end = start;
    while (true) {
      int name = white(text, end);
      if (name == end || name >= text.length() || !isAttribute(text.charAt(name))) {
        return end;
      }
      while (name < text.length() && isAttribute(text.charAt(name))) {
        name++;
      }
      int equals = white(text, name);
      if (equals < text.length() && text.charAt(equals) == '=') {
        end = value(text, white(text, equals + 1));
        if (end < 0) {
          return -1;
        }
      } else {
        end = name;
      }
    }
  }

  private static int value(String text, int start) {
    if (start >= text.length()) {
      return -1;
    }
    char first = text.charAt(start);
    if (first == '"' || first == '\'') {
      int last = text.indexOf(first, start + 1);
      return last < 0 ? -1 : last + 1;
    }
    int end = start;
    while (end < text.length() && " \t\n\"'=<>`".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end == start ? -1 : end;
  }

  private static int skipped(String text, int start, boolean slash) {
    int end = white(text, start);
    return slash && end < text.length() && text.charAt(end) == '/' ? end + 1 : end;
  }

  private static int white(String text, int start) {
    int end = start;
    while (end < text.length() && " \t\n".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private static boolean isName(char c, boolean first) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (!first && ((c >= '0' && c <= '9') || c == '-'));
  }

  private static boolean isAttribute(char c) {
    return isName(c, false) || c == '_' || c == ':' || c == '.' || c == '@';
  }
}
