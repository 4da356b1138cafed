package io.kvasir.core;

import java.util.Locale;

/**
 * What a decoder answers with where neither a question nor a setting says otherwise, and how that
 * is known.
 *
 * @param source who says so
 * @param defaults what
 */
public record DecoderAnswers(Source source, AnswerDefaults defaults) {
  /** How it is known. The wire name is the lower case name. */
  public enum Source {
    /** It is not: those are what does no decoder much harm. */
    SAFE,
    /** It was measured by those who made the catalogue. */
    CATALOGUE,
    /** It was measured here. */
    TUNED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
