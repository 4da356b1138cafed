package io.kvasir.experiment;

import io.kvasir.contrast.ContrastLimits;
import io.kvasir.contrast.Trial.PromptWording;
import io.kvasir.core.AnswerOpening;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Hit;
import io.kvasir.core.NearestName;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Sampling;
import io.kvasir.core.ValueKind;
import io.kvasir.ingest.DocumentPassages;
import io.kvasir.retrieve.Retriever;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
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
  /** Share of the nearest passage's score that others need for rag to read them. */
  NEARNESS,
  /** In which order rag reads its passages. */
  ORDER,
  /** With what a passage ends in a prompt, how an answer from passages begins, or both. */
  WORDING,
  /** What is taken from tokens that would go on in circles. */
  LOOP_PENALTY,
  /** What encodes documents and questions; a collection for each. */
  ENCODER,
  /** The most tokens of a passage; a collection for each. */
  PASSAGE_LENGTH,
  /** What of a passage goes into a prompt; a collection for each. */
  VALUES,
  /** What puts the first passages that were found in another order. */
  RERANKER,
  /** Of rows that search alone: by which search they rank. */
  RANKING;

  /** The best passage first. */
  static final String FIRST = "first";

  /** The best passage last, next to the question. */
  static final String LAST = "last";

  /** Passages as chance has it, for every question otherwise. */
  static final String RANDOM = "random";

  /** A passage ends with its line. */
  static final String LINE = "line";

  /** A passage ends with a blank line. */
  static final String BLANK_LINE = "blank-line";

  /** Between the parts of a wording. */
  static final String AND = "+";

  /** As rag ranks. */
  static final String FUSED = "fused";

  /** By the cosine alone. */
  static final String MEANING = "meaning";

  /** By BM25 alone. */
  static final String WORDS = "words";

  /** What the most tokens of a passage can be; an encoder may read fewer, which is told then. */
  private static final int MOST_LENGTH = 8_192;

  /** Whether it makes a difference to a row that does this. */
  boolean concerns(Way way) {
    return switch (this) {
      case MODEL, STYLE, MAX_TOKENS, TEMPERATURE, LOOP_PENALTY -> way.answers();
      case K, NEARNESS, ORDER -> way.usesRank();
      case BUDGET, WORDING, VALUES -> way.readsDocuments();
      case ENCODER, RERANKER -> way.searches();
      case PASSAGE_LENGTH -> way.searches() || way.readsDocuments();
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
      // Which there are, the planner knows.
      case MODEL, ENCODER -> {}
      case STYLE -> {
        if (AnswerStyle.of(value).isEmpty()) {
          throw invalid(value, AnswerStyle.listed());
        }
      }
      case VALUES -> {
        if (ValueKind.of(value).isEmpty()) {
          throw invalid(value, ValueKind.listed());
        }
      }
      case RANKING -> oneOf(value, FUSED, MEANING, WORDS);
      case RERANKER -> oneOf(value, Retriever.AS_FUSED, Hit.HEADS, Hit.CROSS_ENCODER);
      case ORDER -> oneOf(value, FIRST, LAST, RANDOM);
      case WORDING -> {
        if (wording(value).isEmpty()) {
          throw invalid(
              value,
              "%s, %s, %s, or one of the former and one of the latter with a %s between them"
                  .formatted(LINE, BLANK_LINE, AnswerOpening.listed(), AND));
        }
      }
      case NEARNESS -> between(value, 0, 1);
      case PASSAGE_LENGTH -> whole(value, DocumentPassages.SHORTEST, MOST_LENGTH);
      case K -> whole(value, 1, limits.maxK());
      case BUDGET -> whole(value, 1, Integer.MAX_VALUE);
      case MAX_TOKENS -> whole(value, 1, limits.maxTokens());
      case TEMPERATURE -> between(value, 0, Sampling.MAX_TEMPERATURE);
      case LOOP_PENALTY -> between(value, 0, Sampling.MAX_LOOP_PENALTY);
    }
  }

  /** The wording of a name: an end of passages, an opening of answers, or one of each. */
  static Optional<PromptWording> wording(String name) {
    List<String> parts = List.of(name.split(Pattern.quote(AND), -1));
    List<String> ends =
        parts.stream().filter(part -> part.equals(LINE) || part.equals(BLANK_LINE)).toList();
    List<AnswerOpening> openings =
        parts.stream().flatMap(part -> AnswerOpening.of(part).stream()).toList();
    if (ends.size() > 1 || openings.size() > 1 || ends.size() + openings.size() < parts.size()) {
      return Optional.empty();
    }
    return Optional.of(
        new PromptWording(
            ends.isEmpty() ? null : ends.get(0).equals(BLANK_LINE),
            openings.isEmpty() ? null : openings.get(0)));
  }

  private void oneOf(String value, String... values) {
    if (!List.of(values).contains(value)) {
      throw invalid(value, String.join(", ", values));
    }
  }

  private void between(String value, double least, double most) {
    double number = decimal(value);
    if (!(number >= least && number <= most)) {
      throw invalid(value, "%s to %s".formatted(plain(least), plain(most)));
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
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
