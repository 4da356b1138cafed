package io.kvasir.ingest.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that may hold the number of its page: by itself, with a word that says so, as one of many,
 * or set apart from other words. A number that only stands somewhere in a line is none.
 *
 * @param rest the line without it; the same on each page
 * @param ahead by how much it is larger than the page's place in the file; the same on each page
 * @param isSure whether that it is one is seen from the line itself
 */
record PdfPageNumber(String rest, int ahead, boolean isSure) {
  private static final int MAX_CHARACTERS = 200;
  private static final int[] ROMAN = {1, 5, 10, 50, 100};
  private static final String NUMBER = "(\\d{1,5}|[ivxlcIVXLC]{1,8})";
  private static final String GAP = "[\t|·•—–]";

  private static final Set<String> WORDS =
      Set.of(
          "page",
          "p",
          "pg",
          "seite",
          "s",
          "página",
          "pagina",
          "pág",
          "pag",
          "side",
          "sida",
          "strana",
          "strona",
          "стр",
          "страница",
          "sivu",
          "oldal",
          "blatt",
          "sheet",
          "folio");

  private static final Pattern ALONE =
      Pattern.compile("([\\[(|·•—–-]? ?(?:[A-Z0-9]{1,3}[-–])?)" + NUMBER + "( ?[\\])|·•—–-]?)");
  private static final Pattern WORD_BEFORE =
      Pattern.compile("(\\p{L}{1,8})[.:]?[ \t]?" + NUMBER + "(?!\\p{L}|[\\d.,]*\\d)");
  private static final Pattern CHINESE =
      Pattern.compile("(?:第 ?)(\\d{1,5})(?: ?[页頁])|(\\d{1,5})(?: ?(?:ページ|페이지|쪽))");
  private static final Pattern OF_MANY =
      Pattern.compile(
          "(?<![\\d/.,])(\\d{1,5}) ?(?:/|／|of|von|de|di|sur|из|av|van) ?(\\d{1,5})(?![\\d/.,])");
  private static final Pattern LABEL =
      Pattern.compile("(?i)(?:[:#№°]|\\b(?:no|nr|num|number|nummer)\\.?)$");
  private static final Pattern FIRST = Pattern.compile("^" + NUMBER + " ?" + GAP);
  private static final Pattern LAST = Pattern.compile(GAP + " ?" + NUMBER + "$");

  /** Every way in which a line can be read so. */
  static List<PdfPageNumber> in(String line, int page) {
    List<PdfPageNumber> found = new ArrayList<>();
    if (line.length() > MAX_CHARACTERS) {
      return found;
    }
    Matcher alone = ALONE.matcher(line);
    if (alone.matches()) {
      add(found, line, page, alone, 2, true);
    }
    Matcher word = WORD_BEFORE.matcher(line);
    while (word.find()) {
      if (WORDS.contains(word.group(1).toLowerCase(Locale.ROOT))) {
        add(found, line, page, word, 2, true);
      }
    }
    Matcher chinese = CHINESE.matcher(line);
    if (chinese.find()) {
      add(found, line, page, chinese, chinese.group(1) == null ? 2 : 1, true);
    }
    Matcher many = OF_MANY.matcher(line);
    while (many.find()) {
      if (Integer.parseInt(many.group(1)) <= Integer.parseInt(many.group(2))) {
        add(found, line, page, many, 1, true);
      }
    }
    for (Pattern apart : List.of(FIRST, LAST)) {
      Matcher edge = apart.matcher(line);
      // One that is ahead of the page's place may be a number of something else.
      if (edge.find()
          && value(edge.group(1)) <= page
          && !LABEL.matcher(line.substring(0, edge.start())).find()) {
        add(found, line, page, edge, 1, false);
      }
    }
    return found;
  }

  /** Whether the line is nothing else. */
  boolean isAlone() {
    return rest.chars().noneMatch(Character::isLetter);
  }

  private static void add(
      List<PdfPageNumber> found, String line, int page, Matcher matcher, int group, boolean sure) {
    String number = matcher.group(group);
    int value = value(number);
    if (value > 0) {
      String sort = Character.isDigit(number.charAt(0)) ? "#" : "@";
      String rest =
          line.substring(0, matcher.start(group)) + sort + line.substring(matcher.end(group));
      found.add(new PdfPageNumber(rest, value - page, sure));
    }
  }

  /** What a number says; 0 if it is none. */
  private static int value(String number) {
    if (Character.isDigit(number.charAt(0))) {
      return Integer.parseInt(number);
    }
    int value = 0;
    int last = 0;
    for (int i = number.length() - 1; i >= 0; i--) {
      int digit = ROMAN["ivxlc".indexOf(Character.toLowerCase(number.charAt(i)))];
      value += digit < last ? -digit : digit;
      last = Math.max(last, digit);
    }
    return value;
  }
}
