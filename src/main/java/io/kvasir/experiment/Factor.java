package io.kvasir.experiment;

import io.kvasir.contrast.ContrastLimits;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.NearestName;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Sampling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the rows of an experiment can differ in, beside the path. The wire name is the lower case
 * name with dashes.
 */
public enum Factor {
  /** The decoder. */
  MODEL,
  /** The most passages of rag. */
  K,
  /** The most tokens of passages in a prompt. */
  BUDGET,
  /** How much an answer is to say. */
  STYLE,
  /** The most tokens of an answer. */
  MAX_TOKENS,
  /** How far tokens are drawn from the less probable; 0 for the most probable one. */
  TEMPERATURE,
  /** Of rows that search alone: by which search they rank. */
  RANKING;

  /** As rag ranks. */
  static final String FUSED = "fused";

  /** By the cosine alone. */
  static final String MEANING = "meaning";

  /** By BM25 alone. */
  static final String WORDS = "words";

  private static final List<String> RANKINGS = List.of(FUSED, MEANING, WORDS);

  /** Whether it makes a difference to a row that does this. */
  boolean concerns(Way way) {
    return switch (this) {
      case MODEL, STYLE, MAX_TOKENS, TEMPERATURE -> way.answers();
      case K -> way.usesRank();
      case BUDGET -> way.readsDocuments();
      case RANKING -> way.kind() == Way.Kind.SEARCH;
    };
  }

  /** The factor of that name. */
  public static Factor named(String name) {
    return Arrays.stream(values())
        .filter(factor -> factor.toString().equals(name))
        .findAny()
        .orElseThrow(
            () ->
                new ProblemException(
                    Kind.INVALID, "there is no factor '%s'%s".formatted(name, suggestion(name))));
  }

  private static String suggestion(String name) {
    List<String> names = Arrays.stream(values()).map(Factor::toString).toList();
    return NearestName.of(name, names)
        .map("; did you mean '%s'?"::formatted)
        .orElse("; there are: " + names.stream().collect(Collectors.joining(", ")));
  }

  /**
   * Fails unless a value can be set.
   *
   * @param value as it is written
   */
  void check(String value, ContrastLimits limits) {
    switch (this) {
      case MODEL -> {}
      case STYLE -> {
        if (AnswerStyle.of(value).isEmpty()) {
          throw invalid(value, AnswerStyle.listed());
        }
      }
      case RANKING -> {
        if (!RANKINGS.contains(value)) {
          throw invalid(value, String.join(", ", RANKINGS));
        }
      }
      case K -> whole(value, 1, limits.maxK());
      case BUDGET -> whole(value, 1, Integer.MAX_VALUE);
      case MAX_TOKENS -> whole(value, 1, limits.maxTokens());
      case TEMPERATURE -> {
        double number = decimal(value);
        if (!(number >= 0 && number <= Sampling.MAX_TEMPERATURE)) {
          throw invalid(value, "0 to " + Sampling.MAX_TEMPERATURE);
        }
      }
    }
  }

  private void whole(String value, int least, int most) {
    if (!value.matches("\\d{1,9}")
        || Integer.parseInt(value) < least
        || Integer.parseInt(value) > most) {
      throw invalid(value, "a whole number from %d to %d".formatted(least, most));
    }
  }

  private double decimal(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException malformed) {
      throw new ProblemException(
          Kind.INVALID, "%s is '%s'; it can be a number".formatted(this, value), malformed);
    }
  }

  private ProblemException invalid(String value, String range) {
    return new ProblemException(
        Kind.INVALID, "%s is '%s'; it can be %s".formatted(this, value, range));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
