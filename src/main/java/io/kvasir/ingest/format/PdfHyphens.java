package io.kvasir.ingest.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Joins words that were broken at the ends of lines. Whether the hyphen is the word's own, the
 * document tells where it has the word elsewhere; else it is taken for a mark of the break, but in
 * some words that are known to be parts of others only with a hyphen.
 */
final class PdfHyphens {
  private static final String HYPHENS = "-\u00AD\u2010";
  private static final char SOFT = '\u00AD';

  private static final Set<String> FIRST_PARTS = Set.of("self", "user", "well", "quasi", "twenty");

  private static final Set<String> LAST_PARTS =
      Set.of(
          "aware",
          "based",
          "class",
          "defined",
          "dependent",
          "driven",
          "fold",
          "free",
          "friendly",
          "known",
          "level",
          "only",
          "oriented",
          "party",
          "related",
          "specific",
          "term",
          "wide");

  private static final Set<String> PREFIXES =
      Set.of("dis", "inter", "mis", "non", "out", "over", "pre", "sub", "under");

  private final Map<String, Integer> counts = new HashMap<>();

  /** One that knows the words of a document. */
  PdfHyphens(List<List<String>> pages) {
    Set<String> sought = new HashSet<>();
    for (List<String> page : pages) {
      for (String paragraph : page) {
        for (Break broken : breaks(paragraph)) {
          sought.addAll(List.of(broken.whole(), broken.hyphenated(), broken.second()));
        }
      }
    }
    if (!sought.isEmpty()) {
      pages.forEach(page -> page.forEach(paragraph -> count(paragraph, sought)));
    }
  }

  /** Whether lines that end so may end within a word. */
  static boolean isHyphen(char c) {
    return HYPHENS.indexOf(c) >= 0;
  }

  /**
   * A word at the end of a line.
   *
   * @param at where its hyphen is; the end of the line follows
   * @param first what is before the hyphen, in lower case
   * @param second what is on the next line, in lower case
   */
  private record Break(int at, String first, String second) {
    String whole() {
      return first + second;
    }

    String hyphenated() {
      return first + "-" + second;
    }
  }

  /** The paragraph with its broken words joined. */
  String joined(String paragraph) {
    StringBuilder joined = new StringBuilder();
    int done = 0;
    for (Break broken : breaks(paragraph)) {
      boolean own = isOwn(broken, paragraph);
      joined.append(paragraph, done, broken.at());
      if (own) {
        joined.append(paragraph.charAt(broken.at()));
      }
      done = broken.at() + 2;
    }
    return joined.append(paragraph, done, paragraph.length()).toString();
  }

  private static List<Break> breaks(String paragraph) {
    List<Break> breaks = new ArrayList<>();
    for (int end = paragraph.indexOf('\n'); end >= 0; end = paragraph.indexOf('\n', end + 1)) {
      int at = end - 1;
      if (at > 0
          && isHyphen(paragraph.charAt(at))
          && Character.isLetterOrDigit(paragraph.charAt(at - 1))
          && end + 1 < paragraph.length()
          && Character.isLetterOrDigit(paragraph.charAt(end + 1))) {
        int start = at;
        while (start > 0 && isOfWord(paragraph.charAt(start - 1))) {
          start--;
        }
        int last = end + 1;
        while (last < paragraph.length() && isOfWord(paragraph.charAt(last))) {
          last++;
        }
        breaks.add(
            new Break(
                at,
                lower(paragraph.substring(start, at)),
                lower(paragraph.substring(end + 1, last))));
      }
    }
    return breaks;
  }

  private void count(String paragraph, Set<String> sought) {
    int start = 0;
    boolean rest = false;
    for (int i = 0; i <= paragraph.length(); i++) {
      if (i < paragraph.length() && isOfWord(paragraph.charAt(i))) {
        continue;
      }
      if (i > start && !rest) {
        String word = lower(paragraph.substring(start, i));
        if (sought.contains(word)) {
          counts.merge(word, 1, Integer::sum);
        }
      }
      // What follows is no word by itself if this line ended within one.
      rest =
          i > 0
              && i < paragraph.length()
              && paragraph.charAt(i) == '\n'
              && isHyphen(paragraph.charAt(i - 1));
      start = i + 1;
    }
  }

  private boolean isOwn(Break broken, String paragraph) {
    if (paragraph.charAt(broken.at()) == SOFT) {
      return false;
    }
    if (!Character.isLowerCase(paragraph.charAt(broken.at() - 1))
        || !Character.isLowerCase(paragraph.charAt(broken.at() + 2))) {
      return true;
    }
    int whole = counts.getOrDefault(broken.whole(), 0);
    int hyphenated = counts.getOrDefault(broken.hyphenated(), 0);
    if (whole != hyphenated) {
      return hyphenated > whole;
    }
    if (broken.first().indexOf('-') >= 0) {
      return counts.containsKey(broken.second());
    }
    String first = broken.first();
    return (hyphenated > 0 && first.length() > 2 && !PREFIXES.contains(first))
        || first.length() == 1
        || FIRST_PARTS.contains(first)
        || (first.length() > 2
            && !PREFIXES.contains(first)
            && LAST_PARTS.contains(broken.second()));
  }

  private static boolean isOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '\u2010';
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT).replace('\u2010', '-');
  }
}
