package io.kvasir.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How well an answer agrees with the gold ones, the best of them counting. English as SQuAD 2.0's
 * evaluation has it (evaluate-v2.0.py): lower case, no ASCII punctuation, no articles, words in
 * common; Chinese as CMRC 2018's (cmrc2018_evaluate.py): no punctuation, the longest piece in
 * common. Whether the gold answer is contained is Kvasir's own measure, alike in both.
 *
 * @param exactMatch 1 if equal after normalisation, else 0
 * @param f1 harmonic mean of precision and recall, 0 to 1
 * @param contained 1 if the gold answer's words stand in the answer in one piece, else 0
 */
public record AnswerScore(double exactMatch, double f1, double contained) {
  private static final Pattern ARTICLES =
      Pattern.compile("\\b(a|an|the)\\b", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern SPACE =
      Pattern.compile("[\\s\\x1c-\\x1f]+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern ASCII_PUNCTUATION = Pattern.compile("\\p{Punct}");
  private static final Pattern PUNCTUATION = Pattern.compile("[\\p{Punct}\\p{IsPunctuation}]");
  private static final Pattern IDEOGRAPH = Pattern.compile("(\\p{IsIdeographic})");

  /**
   * The score of an answer.
   *
   * @param answer what was said; empty is to say that there is no answer
   * @param gold answers that count; without one, saying nothing is right
   * @param language of the answer, {@code en} or {@code zh}
   */
  public static AnswerScore of(String answer, List<String> gold, String language) {
    AnswerScore best = new AnswerScore(0, 0, 0);
    boolean scored = false;
    for (String candidate : gold) {
      if (!normalised(candidate, language).isEmpty()) {
        best = best.orBetter(one(answer, candidate, language));
        scored = true;
      }
    }
    return scored ? best : one(answer, "", language);
  }

  private AnswerScore orBetter(AnswerScore other) {
    return new AnswerScore(
        Math.max(exactMatch, other.exactMatch),
        Math.max(f1, other.f1),
        Math.max(contained, other.contained));
  }

  private static AnswerScore one(String answer, String gold, String language) {
    boolean exact = normalised(answer, language).equals(normalised(gold, language));
    double f1 =
        language.equals("zh")
            ? CmrcSegments.f1(answer, gold)
            : f1(split(normalised(answer, language)), split(normalised(gold, language)));
    return new AnswerScore(exact ? 1 : 0, f1, contains(words(answer), words(gold)) ? 1 : 0);
  }

  private static String normalised(String text, String language) {
    if (language.equals("zh")) {
      return CmrcSegments.withoutPunctuation(text);
    }
    String plain = ASCII_PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    return String.join(" ", split(ARTICLES.matcher(plain).replaceAll(" ")));
  }

  /** The words between blanks of any kind. */
  static List<String> split(String text) {
    return SPACE.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
  }

  private static List<String> words(String text) {
    String lower = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    String plain = ARTICLES.matcher(lower).replaceAll(" ");
    return split(IDEOGRAPH.matcher(plain).replaceAll(" $1 "));
  }

  private static boolean contains(List<String> words, List<String> gold) {
    return (" " + String.join(" ", words) + " ").contains(" " + String.join(" ", gold) + " ");
  }

  private static double f1(List<String> words, List<String> gold) {
    if (words.isEmpty() || gold.isEmpty()) {
      return words.equals(gold) ? 1 : 0;
    }
    Map<String, Integer> left = new HashMap<>();
    gold.forEach(word -> left.merge(word, 1, Integer::sum));
    int common = 0;
    for (String word : words) {
      Integer count = left.get(word);
      if (count != null && count > 0) {
        left.put(word, count - 1);
        common++;
      }
    }
    return harmonic(common, words.size(), gold.size());
  }

  /** The F1 of so many in common, of so many said and so many gold ones. */
  static double harmonic(int common, int said, int gold) {
    if (common == 0) {
      return 0;
    }
    double precision = (double) common / said;
    double recall = (double) common / gold;
    return 2 * precision * recall / (precision + recall);
  }
}
