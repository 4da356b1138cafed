package io.kvasir.retrieve;

import io.kvasir.config.KnownSettings;
import io.kvasir.config.Setting;
import io.kvasir.config.Settings;
import io.kvasir.core.ProblemException;

/**
 * How the ranks of the two searches become one, by reciprocal rank fusion (Cormack, Clarke and
 * Buettcher 2009) with weights: a passage's score is the sum of weight / (constant + rank) over the
 * searches that found it.
 *
 * @param candidates how many passages each search hands to the fusion
 * @param constant softens the difference between the first ranks
 * @param dense how much a rank by meaning counts
 * @param lexical how much a rank by words counts
 */
public record Fusion(int candidates, int constant, double dense, double lexical) {
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
          "Of the fusion, weight / (constant + rank): the smaller, the more the first ranks count.");

  private static final Setting<Double> DENSE_WEIGHT =
      Setting.decimal(
          "retrieve.dense-weight", "1", 0, 100, "How much a rank by meaning counts in the fusion.");

  private static final Setting<Double> LEXICAL_WEIGHT =
      Setting.decimal(
          "retrieve.lexical-weight",
          "1",
          0,
          100,
          "How much a rank by words (BM25) counts in the fusion; 0 for a search by meaning alone.");

  /** All of them. */
  public static final KnownSettings SETTINGS =
      KnownSettings.of(CANDIDATES, RANK_CONSTANT, DENSE_WEIGHT, LEXICAL_WEIGHT)
          .checked(Fusion::requireAWeight);

  /** Measured: see MEASURED.md, "How well passages are found". */
  public static final Fusion DEFAULT = of(Settings.DEFAULTS);

  public Fusion {
    if (candidates < 1 || constant < 1 || dense < 0 || lexical < 0 || dense + lexical <= 0) {
      throw new IllegalArgumentException("candidates, constant and a weight are positive");
    }
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
   * @param densePlace its place among those found by meaning, from 1; 0 if it is not
   * @param lexicalPlace its place among those found by words, from 1; 0 if it is not
   */
  public double score(int densePlace, int lexicalPlace) {
    return (densePlace == 0 ? 0 : dense / (constant + densePlace))
        + (lexicalPlace == 0 ? 0 : lexical / (constant + lexicalPlace));
  }
}
