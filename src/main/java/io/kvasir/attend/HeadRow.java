package io.kvasir.attend;

import io.kvasir.numeric.FastExponential;

/**
 * What one head saw at one position.
 *
 * @param layer of the decoder
 * @param head of the layer
 * @param position in the sequence
 * @param scores q·k_j/√d for every position it sees, float[length or more]; may be overwritten
 * @param length how many positions it sees
 * @param partScores for each part ln Σ_{j in the part} e^{score_j}; negative infinity where it sees
 *     nothing of the part
 * @param total the same over everything it sees; attention to j is e^{score_j - total}
 * @param rows where this comes from
 */
public record HeadRow(
    int layer,
    int head,
    int position,
    float[] scores,
    int length,
    double[] partScores,
    double total,
    ObservedRows rows) {
  /** The attention that a part gets, 0 to 1. */
  public double mass(int part) {
    return Math.exp(partScores[part] - total);
  }

  /** The attention that one position gets, 0 to 1. */
  public float attention(int j) {
    return FastExponential.exp((float) (scores[j] - total));
  }
}
