package io.kvasir.retrieve;

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
  /** Measured: see MEASURED.md, "How well passages are found". */
  public static final Fusion DEFAULT = new Fusion(50, 10, 1, 1);

  public Fusion {
    if (candidates < 1 || constant < 1 || dense < 0 || lexical < 0 || dense + lexical <= 0) {
      throw new IllegalArgumentException("candidates, constant and a weight are positive");
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
