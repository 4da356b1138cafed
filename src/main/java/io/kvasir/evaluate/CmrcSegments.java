package io.kvasir.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The segments CMRC 2018 compares answers by: every Chinese character one, what stands between them
 * in words as NLTK's tokeniser has them, within one sentence.
 */
final class CmrcSegments {
  /** That evaluation's own list; the ellipsis is not on it. */
  private static final String PUNCTUATION = "-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』";

  private static final Pattern MARK =
      Pattern.compile("[«»“”‘’„;@#$%&?!\\[\\](){}<>\"\u2012-\u2015]|\\.{2,}|,(?!\\d)");
  private static final Pattern LAST_POINT = Pattern.compile("(?<!\\.)\\.(?=[\\])}>\"'»”’ ]*$)");
  private static final Pattern SHORTENED =
      Pattern.compile("(?<=[^' ])('s|'m|'d|'ll|'re|'ve|n't|')(?= )");

  private CmrcSegments() {}

  /** The F1 of the longest run of segments in common; 1 if neither has any. */
  static double f1(String answer, String gold) {
    List<String> said = of(answer);
    List<String> wanted = of(gold);
    return said.isEmpty() && wanted.isEmpty()
        ? 1
        : AnswerScore.harmonic(common(said, wanted), said.size(), wanted.size());
  }

  /** What is compared for an exact match. */
  static String withoutPunctuation(String text) {
    StringBuilder kept = new StringBuilder();
    text.toLowerCase(Locale.ROOT)
        .strip()
        .codePoints()
        .filter(point -> PUNCTUATION.indexOf(point) < 0)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static List<String> of(String text) {
    List<String> segments = new ArrayList<>();
    StringBuilder between = new StringBuilder();
    withoutPunctuation(text)
        .codePoints()
        .forEach(
            point -> {
              if (point >= 0x4e00 && point <= 0x9fa5) {
                addWords(between, segments);
                segments.add(Character.toString(point));
              } else {
                between.appendCodePoint(point);
              }
            });
    addWords(between, segments);
    return segments;
  }

  private static void addWords(StringBuilder between, List<String> segments) {
    String spaced = MARK.matcher(between + " ").replaceAll(" $0 ");
    String ended = LAST_POINT.matcher(spaced).replaceAll(" . ");
    String apart = SHORTENED.matcher(ended).replaceAll(" $1");
    AnswerScore.split(apart).forEach(segments::add);
    between.setLength(0);
  }

  private static int common(List<String> one, List<String> other) {
    int longest = 0;
    int[] above = new int[other.size() + 1];
    for (String segment : one) {
      int[] row = new int[other.size() + 1];
      for (int i = 0; i < other.size(); i++) {
        row[i + 1] = segment.equals(other.get(i)) ? above[i] + 1 : 0;
        longest = Math.max(longest, row[i + 1]);
      }
      above = row;
    }
    return longest;
  }
}
