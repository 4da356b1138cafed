package io.kvasir.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How well an answer agrees with the gold ones, by SQuAD's definitions (Rajpurkar et al. 2016,
 * section 6.1): lower case, no punctuation, no English articles; the best of several gold answers.
 * Chinese text counts each ideograph as a word, as CMRC 2018 does.
 *
 * @param exactMatch 1 if equal after normalisation, else 0
 * @param f1 harmonic mean of word precision and recall, 0 to 1
 * @param contained 1 if the gold answer's words stand in the answer in one piece, else 0
 */
public record AnswerScore(double exactMatch, double f1, double contained) {
  private static final Pattern ARTICLES = Pattern.compile("\\b(a|an|the)\\b");
  private static final Pattern PUNCTUATION = Pattern.compile("[\\p{Punct}\\p{IsPunctuation}]");
  private static final Pattern IDEOGRAPH = Pattern.compile("(\\p{IsIdeographic})");

  /** The score of an answer against its gold answers, of which there is at least one. */
  public static AnswerScore of(String answer, List<String> gold) {
    double exact = 0;
    double best = 0;
    double contained = 0;
    List<String> words = words(answer);
    for (String candidate : gold) {
      List<String> goldWords = words(candidate);
      exact = Math.max(exact, words.equals(goldWords) ? 1 : 0);
      best = Math.max(best, f1(words, goldWords));
      contained = Math.max(contained, contains(words, goldWords) ? 1 : 0);
    }
    return new AnswerScore(exact, best, contained);
  }

  private static List<String> words(String text) {
    String lower = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    String plain = ARTICLES.matcher(lower).replaceAll(" ");
    String spaced = IDEOGRAPH.matcher(plain).replaceAll(" $1 ").strip();
    return spaced.isEmpty() ? List.of() : List.of(spaced.split("\\s+"));
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
    if (common == 0) {
      return 0;
    }
    double precision = (double) common / words.size();
    double recall = (double) common / gold.size();
    return 2 * precision * recall / (precision + recall);
  }
}
