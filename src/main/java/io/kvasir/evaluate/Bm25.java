package io.kvasir.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Okapi BM25 over a few texts (Robertson and Zaragoza 2009, k1 = 1.2, b = 0.75). */
public final class Bm25 {
  private static final double K1 = 1.2;
  private static final double B = 0.75;
  private static final Pattern WORD =
      Pattern.compile("\\p{IsIdeographic}|[\\p{L}\\p{N}&&[^\\p{IsIdeographic}]]+");

  private final List<Map<String, Integer>> counts = new ArrayList<>();
  private final Map<String, Integer> documents = new HashMap<>();
  private final int[] lengths;
  private final double meanLength;

  /** An index of some texts. */
  public Bm25(List<String> texts) {
    this.lengths = new int[texts.size()];
    long sum = 0;
    for (int i = 0; i < lengths.length; i++) {
      List<String> words = words(texts.get(i));
      Map<String, Integer> count = new HashMap<>();
      words.forEach(word -> count.merge(word, 1, Integer::sum));
      count.keySet().forEach(word -> documents.merge(word, 1, Integer::sum));
      counts.add(count);
      lengths[i] = words.size();
      sum += words.size();
    }
    this.meanLength = Math.max(1, (double) sum / Math.max(1, lengths.length));
  }

  /** The score of every text; higher is better. */
  public double[] scores(String question) {
    double[] scores = new double[lengths.length];
    for (String word : words(question)) {
      int holding = documents.getOrDefault(word, 0);
      double rarity = Math.log(1 + (lengths.length - holding + 0.5) / (holding + 0.5));
      for (int i = 0; i < scores.length; i++) {
        int count = counts.get(i).getOrDefault(word, 0);
        double norm = K1 * (1 - B + B * lengths[i] / meanLength);
        scores[i] += rarity * count * (K1 + 1) / (count + norm);
      }
    }
    return scores;
  }

  private static List<String> words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
  }
}
