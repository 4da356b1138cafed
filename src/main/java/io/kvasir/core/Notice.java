package io.kvasir.core;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a reader should know about what a path read: a code with its numbers, for pages that speak
 * other languages, beside the same in English.
 *
 * @param code which notice it is; null in traces that were kept before there were codes
 * @param values the numbers it names
 * @param text the notice in English
 */
public record Notice(@Nullable Code code, Map<String, Integer> values, String text) {
  /** Every notice there is. The wire name is the lower case name with hyphens. */
  public enum Code {
    /** Retrieval found no passage at all. */
    NOTHING_FOUND,
    /** Retrieval found passages, but none that is about the question. */
    NOTHING_NEAR,
    /** Retrieval's encoder was not trained for the language of the documents or of the question. */
    LANGUAGE_NOT_SPOKEN,
    /** {@code cut} retrieved passages did not fit {@code budget} tokens. */
    CUT_BY_BUDGET,
    /** The scope holds no passages. */
    EMPTY_SCOPE,
    /**
     * {@code fitting} of {@code all} passages fit {@code budget} tokens, those that retrieval ranks
     * first; {@code left} do not.
     */
    PARTLY_READ,
    /** The same, of the passages that stand first. */
    FIRST_READ;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Notice {
    values = Map.copyOf(values);
  }

  /** A notice without numbers. */
  public static Notice of(Code code, String text) {
    return new Notice(code, Map.of(), text);
  }

  /** A notice as it was kept before there were codes: its English sentence alone. */
  public static Notice fromString(String text) {
    return new Notice(null, Map.of(), text);
  }
}
