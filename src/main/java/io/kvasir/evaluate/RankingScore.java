package io.kvasir.evaluate;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * How well a ranking finds what is relevant, by trec_eval's definitions.
 *
 * @param recall1 share of the relevant documents that is ranked first
 * @param recall5 share that is among the first five
 * @param recall10 share that is among the first ten
 * @param reciprocalRank of the first relevant one; 0 if none was found
 * @param ndcg10 discounted gain of the first ten against the best there could be; the gain is the
 *     grade, the discount log2 of the rank and one (ndcg_cut_10)
 * @param averagePrecision mean precision at each relevant document; one not found counts 0 (map)
 */
public record RankingScore(
    double recall1,
    double recall5,
    double recall10,
    double reciprocalRank,
    double ndcg10,
    double averagePrecision) {
  private static final int DEPTH = 10;

  /**
   * The score of a ranking.
   *
   * @param ranked documents, best first; of one that stands there several times, as its passages
   *     make it do, the first counts
   * @param relevant grades by document, at least one above 0
   */
  public static RankingScore of(List<String> ranked, Map<String, Integer> relevant) {
    int wanted = (int) relevant.values().stream().filter(grade -> grade > 0).count();
    if (wanted == 0) {
      throw new IllegalArgumentException("nothing is relevant, so no ranking can be judged");
    }
    int[] among = new int[DEPTH + 1];
    int found = 0;
    int rank = 0;
    double first = 0;
    double gain = 0;
    double precisions = 0;
    for (String document : new LinkedHashSet<>(ranked)) {
      rank++;
      int grade = relevant.getOrDefault(document, 0);
      if (grade > 0) {
        found++;
        precisions += (double) found / rank;
        first = first == 0 ? 1.0 / rank : first;
        gain += rank <= DEPTH ? discounted(grade, rank) : 0;
      }
      if (rank <= DEPTH) {
        among[rank] = found;
      }
    }
    for (int depth = 1; depth <= DEPTH; depth++) {
      among[depth] = Math.max(among[depth], among[depth - 1]);
    }
    return new RankingScore(
        (double) among[1] / wanted,
        (double) among[5] / wanted,
        (double) among[DEPTH] / wanted,
        first,
        gain / ideal(relevant),
        precisions / wanted);
  }

  private static double ideal(Map<String, Integer> relevant) {
    int[] grades =
        relevant.values().stream()
            .filter(grade -> grade > 0)
            .mapToInt(grade -> -grade)
            .sorted()
            .limit(DEPTH)
            .toArray();
    double gain = 0;
    for (int i = 0; i < grades.length; i++) {
      gain += discounted(-grades[i], i + 1);
    }
    return gain;
  }

  private static double discounted(int grade, int rank) {
    return grade * Math.log(2) / Math.log(rank + 1);
  }

  /** The score as values of measures. */
  public Map<Measure, Double> values() {
    return Map.of(
        Measure.RECALL_1, recall1,
        Measure.RECALL_5, recall5,
        Measure.RECALL_10, recall10,
        Measure.MRR, reciprocalRank,
        Measure.NDCG_10, ndcg10,
        Measure.MAP, averagePrecision);
  }
}
