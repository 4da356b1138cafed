package io.kvasir.ingest;

/**
 * A stretch of a text.
 *
 * @param start offset of its first character
 * @param end offset behind its last character
 */
record Span(int start, int end) {
  int length() {
    return end - start;
  }

  String of(String text) {
    return text.substring(start, end);
  }

  /** Without white space at both ends; of no length if there is nothing else. */
  Span stripped(String text) {
    int first = start;
    int last = end;
    while (first < last && Character.isWhitespace(text.charAt(first))) {
      first++;
    }
    while (last > first && Character.isWhitespace(text.charAt(last - 1))) {
      last--;
    }
    return new Span(first, last);
  }
}
