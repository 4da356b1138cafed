package io.kvasir.core;

import java.util.Locale;

/** Where a token of an answer comes from. The wire name is the lower case name. */
public enum TokenOrigin {
  /** The passages made it at least twice as probable. */
  DOCUMENTS,
  /** It was probable without them. */
  KNOWN,
  /** It was improbable without them, and they did not help. */
  NEITHER;

  private static final double TWICE = Math.log(2);
  private static final double PROBABLE = Math.log(0.5);

  /**
   * The origin of a token: DOCUMENTS if P(with) ≥ 2 P(without), else KNOWN if P(without) ≥ ½, else
   * NEITHER.
   *
   * @param with ln P(token | with the passages)
   * @param without ln P(token | without any)
   */
  public static TokenOrigin of(double with, double without) {
    if (with - without >= TWICE) {
      return DOCUMENTS;
    }
    return without >= PROBABLE ? KNOWN : NEITHER;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
