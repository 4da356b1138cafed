package io.kvasir.ingest.format;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells a page of contents: lines that lead by dots to the numbers of pages, which never fall.
 * Dotted lines to be filled in lead nowhere, and prices rise and fall.
 */
final class PdfContents {
  private static final int MIN_LINES = 5;
  private static final int IN_ONE_LINE_OF = 3;
  private static final int MIN_DOTS = 4;
  private static final int MAX_DIGITS = 5;

  /** So many percent of the numbers may be smaller than the one before: those of other lists. */
  private static final int MAX_FALLS = 10;

  /** Pages may be counted from elsewhere than the file's first one. */
  private static final int MAX_AHEAD = 50;

  private PdfContents() {}

  /**
   * Whether a page is one.
   *
   * @param pages how many the document has
   */
  static boolean isContents(List<String> page, int pages) {
    List<Integer> numbers = new ArrayList<>();
    int lines = 0;
    for (String paragraph : page) {
      for (String line : paragraph.split("\n", -1)) {
        int number = leadsTo(line);
        if (number >= 0) {
          numbers.add(number);
        }
        lines++;
      }
    }
    int falls = 0;
    for (int i = 1; i < numbers.size(); i++) {
      falls += numbers.get(i) < numbers.get(i - 1) ? 1 : 0;
    }
    return numbers.size() >= MIN_LINES
        && numbers.size() * IN_ONE_LINE_OF >= lines
        && falls * 100 <= numbers.size() * MAX_FALLS
        && numbers.get(numbers.size() - 1) <= pages + MAX_AHEAD;
  }

  /** The number behind the dots of a line; 0 for one in letters, -1 if it does not end so. */
  private static int leadsTo(String line) {
    String stripped = line.strip();
    int start = stripped.length();
    while (start > 0 && Character.isLetterOrDigit(stripped.charAt(start - 1))) {
      start--;
    }
    String number = stripped.substring(start);
    if (number.isEmpty() || number.length() > MAX_DIGITS) {
      return -1;
    }
    int dots = 0;
    int at = start - 1;
    while (at >= 0 && isOfLeader(stripped.charAt(at))) {
      dots += stripped.charAt(at) == '…' ? 3 : Character.isWhitespace(stripped.charAt(at)) ? 0 : 1;
      at--;
    }
    if (dots < MIN_DOTS || at < 0) {
      return -1;
    }
    boolean digits = number.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean roman = number.chars().allMatch(c -> "ivxlcIVXLC".indexOf(c) >= 0);
    return digits ? Integer.parseInt(number) : roman ? 0 : -1;
  }

  private static boolean isOfLeader(char c) {
    return c == '.' || c == '·' || c == '…' || c == '․' || Character.isWhitespace(c);
  }
}
