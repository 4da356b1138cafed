package io.kvasir.ingest.format;

import java.util.Locale;
import org.jsoup.nodes.Element;

/** Numbers the items of a list as a browser does. */
final class HtmlList {
  private static final int MAX_LETTERS = 1_000_000;
  private static final int MAX_ROMAN = 3_999;
  private static final String[] ROMAN = {
    "m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"
  };
  private static final int[] OF_ROMAN = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};

  private final boolean numbered;
  private final String type;
  private final int step;
  private int next;
  private int items;

  /** One that begins. */
  HtmlList(Element list) {
    numbered = list.normalName().equals("ol");
    type = list.attr("type");
    boolean reversed = numbered && list.hasAttr("reversed");
    step = reversed ? -1 : 1;
    next = number(list.attr("start"), reversed ? items(list) : 1);
  }

  /** What stands before an item's text. */
  String begin(Element item) {
    items++;
    if (!numbered) {
      return "- ";
    }
    int number = number(item.attr("value"), next);
    next = number + step;
    return written(number, item.hasAttr("type") ? item.attr("type") : type) + ". ";
  }

  /** Whether an item was begun. */
  boolean hasItems() {
    return items > 0;
  }

  private static int items(Element list) {
    int items = 0;
    for (Element child = list.firstElementChild(); child != null; ) {
      items += child.normalName().equals("li") ? 1 : 0;
      child = child.nextElementSibling();
    }
    return items;
  }

  private static String written(int number, String type) {
    return switch (type) {
      case "a" -> letters(number);
      case "A" -> letters(number).toUpperCase(Locale.ROOT);
      case "i" -> roman(number);
      case "I" -> roman(number).toUpperCase(Locale.ROOT);
      default -> Integer.toString(number);
    };
  }

  private static String letters(int number) {
    if (number < 1 || number > MAX_LETTERS) {
      return Integer.toString(number);
    }
    StringBuilder letters = new StringBuilder();
    for (int rest = number; rest > 0; rest = (rest - 1) / 26) {
      letters.append((char) ('a' + (rest - 1) % 26));
    }
    return letters.reverse().toString();
  }

  private static String roman(int number) {
    if (number < 1 || number > MAX_ROMAN) {
      return Integer.toString(number);
    }
    StringBuilder roman = new StringBuilder();
    int rest = number;
    for (int i = 0; i < ROMAN.length; i++) {
      while (rest >= OF_ROMAN[i]) {
        roman.append(ROMAN[i]);
        rest -= OF_ROMAN[i];
      }
    }
    return roman.toString();
  }

  /** A number as HTML reads one: what follows its digits does not count. */
  static int number(String text, int otherwise) {
    String stripped = text.strip();
    int digits = stripped.startsWith("-") || stripped.startsWith("+") ? 1 : 0;
    int end = digits;
    while (end < stripped.length() && stripped.charAt(end) >= '0' && stripped.charAt(end) <= '9') {
      end++;
    }
    try {
      return end == digits ? otherwise : Integer.parseInt(stripped.substring(0, end));
    } catch (NumberFormatException e) {
      // Too large for a browser, too.
      return otherwise;
    }
  }
}
