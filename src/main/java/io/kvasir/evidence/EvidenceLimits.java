package io.kvasir.evidence;

/**
 * What finding evidence may take.
 *
 * @param running the most measurements at a time
 * @param masks the most random choices of passages of one measurement
 * @param positions the most numbers of single positions in one answer
 */
public record EvidenceLimits(int running, int masks, int positions) {
  /** As OPERATING.md's table of settings has them. */
  public static final EvidenceLimits DEFAULT = new EvidenceLimits(2, 64, 400_000);
}
