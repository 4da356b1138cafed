package io.kvasir.evaluate.dataset;

import io.kvasir.core.ProblemException;
import java.util.Locale;

/** Which questions of a dataset: what was chosen on one half is reported on the other. */
public enum Half {
  /** Every second question from the first: settings are chosen on these. */
  CHOOSE,
  /** Every second question from the second: figures are of these. */
  REPORT,
  /** All of them. */
  ALL;

  /**
   * The half of a name.
   *
   * @throws ProblemException INVALID if there is none
   */
  public static Half of(String name) {
    for (Half half : values()) {
      if (half.name().toLowerCase(Locale.ROOT).equals(name)) {
        return half;
      }
    }
    throw new ProblemException(
        ProblemException.Kind.INVALID,
        "the half is '" + name + "'; it can be choose, report or all");
  }

  boolean has(int place) {
    return this == ALL || place % 2 == (this == CHOOSE ? 0 : 1);
  }
}
