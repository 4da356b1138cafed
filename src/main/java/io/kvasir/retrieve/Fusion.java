package io.kvasir.retrieve;

import io.kvasir.config.KnownSettings;
import io.kvasir.config.Setting;
import io.kvasir.config.Settings;
import io.kvasir.core.Hit;
import io.kvasir.core.ProblemException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How named lists of passages become one: each gives a passage a worth of at most 1 / (constant +
 * 1), and the worths are added up by the lists' weights. By meaning a passage counts by its place,
 * since cosines hardly differ: 1 / (constant + place), as in reciprocal rank fusion (Cormack,
 * Clarke and Buettcher 2009). By words it counts by its share of the best score, since there the
 * distance says everything: one error code among sixty alike ones is first by far, and they are all
 * equal behind it. The first place by words is worth 1 / (constant + 1), and up to {@link #AHEAD}
 * times more on top the further the first {@link #FEW} are ahead of the rest.
 *
 * @param candidates how many passages each list hands to the fusion
 * @param constant softens the difference between the first ranks
 * @param weights how much each list counts, by its name
 */
public record Fusion(int candidates, int constant, Map<String, Double> weights) {
  /** As many as may be ahead of the rest together: fewer than a prompt takes. */
  public static final int FEW = 3;

  /** How much more the search by words counts when none but the first {@link #FEW} match at all. */
  public static final double AHEAD = 3;

  /** How many passages each search hands to the fusion. */
  public static final Setting<Integer> CANDIDATES =
      Setting.number(
          "retrieve.candidates", 50, 1, 1_000, "Passages that each search hands to the fusion.");

  private static final Setting<Integer> RANK_CONSTANT =
      Setting.number(
          "retrieve.rank-constant",
          10,
          1,
          1_000,
          "Of the fusion, weight / (constant + rank): the smaller, the more the first ranks"
              + " count.");

  private static final Setting<Double> DENSE_WEIGHT =
      Setting.decimal(
          "retrieve.dense-weight", "1", 0, 100, "How much a rank by meaning counts in the fusion.");

  private static final Setting<Double> LEXICAL_WEIGHT =
      Setting.decimal(
          "retrieve.lexical-weight",
          "0.5",
          0,
          100,
          "How much a score by words (BM25) counts in the fusion; 0 for a search by meaning"
              + " alone.");

  /** All of them. */
  public static final KnownSettings SETTINGS =
      KnownSettings.of(CANDIDATES, RANK_CONSTANT, DENSE_WEIGHT, LEXICAL_WEIGHT)
          .checked(Fusion::requireAWeight);

  /** Measured: see MEASURED.md, "How well passages are found". */
  public static final Fusion DEFAULT = of(Settings.DEFAULTS);

  public Fusion {
    weights = Collections.unmodifiableMap(new TreeMap<>(weights));
    if (candidates < 1
        || constant < 1
        || weights.values().stream().anyMatch(weight -> weight < 0)
        || weights.values().stream().allMatch(weight -> weight == 0)) {
      throw new IllegalArgumentException("candidates, constant and a weight are positive");
    }
  }

  /**
   * One of two lists.
   *
   * @param dense how much a rank by meaning counts
   * @param lexical how much a score by words counts
   */
  public Fusion(int candidates, int constant, double dense, double lexical) {
    this(candidates, constant, Map.of(Hit.DENSE, dense, Hit.LEXICAL, lexical));
  }

  /** How much a list counts; 0 if it does not. */
  public double weight(String list) {
    return weights.getOrDefault(list, 0.0);
  }

  /** The one that is set. */
  public static Fusion of(Settings settings) {
    return new Fusion(
        settings.value(CANDIDATES),
        settings.value(RANK_CONSTANT),
        settings.value(DENSE_WEIGHT),
        settings.value(LEXICAL_WEIGHT));
  }

  private static void requireAWeight(Settings settings) {
    if (settings.value(DENSE_WEIGHT) + settings.value(LEXICAL_WEIGHT) == 0) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "%s and %s are both 0, so nothing would be found; raise one"
              .formatted(DENSE_WEIGHT.key(), LEXICAL_WEIGHT.key()));
    }
  }

  /**
   * The score of a passage.
   *
   * @param place its place among those found by meaning, from 1; 0 if it is not
   * @param share its score by words as a part of the best one; 0 if it has none
   * @param lead how far the first {@link #FEW} by words are ahead of the rest, as a part of the
   *     best score: 0 if the next one is as good, 1 if there is no next one
   */
  public double score(int place, double share, double lead) {
    double byMeaning = place == 0 ? 0 : weight(Hit.DENSE) / (constant + place);
    return byMeaning + weight(Hit.LEXICAL) * share * (1 + AHEAD * lead * lead) / (constant + 1);
  }
}
