package io.kvasir.evaluate;

import org.jspecify.annotations.Nullable;

/** How an answer ended up, each in one of these. */
public enum Outcome {
  /** It contains the gold answer; or abstains where nothing answers. */
  RIGHT,
  /** It is wrong, and ran in circles, was ended as it began to, or was cut at the token limit. */
  CUT,
  /** It is wrong. */
  WRONG;

  /** The outcome of a result; null if its question has no gold answer to judge it by. */
  public static @Nullable Outcome of(Result result) {
    Double right =
        result.values().getOrDefault(Measure.CONTAINED, result.values().get(Measure.ABSTAINED));
    if (right == null) {
      return null;
    }
    boolean cut =
        result.says(Measure.LOOPS) || result.says(Measure.REPEATED) || result.says(Measure.CUT);
    return right > 0 ? RIGHT : cut ? CUT : WRONG;
  }
}
