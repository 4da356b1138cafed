package io.kvasir.evaluate;

import io.kvasir.core.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is measured of an answer: the one table of all experiments. */
public enum Measure {
  EXACT_MATCH("exact_match", "exact match", Unit.SHARE, true, "The answer is a gold answer."),
  F1("f1", "F1", Unit.SHARE, true, "Words (Chinese: characters) in common with the gold answer."),
  CONTAINED("contained", "contained", Unit.SHARE, true, "The gold answer stands in the answer."),
  GOLD_LOGPROB(
      "gold_logprob",
      "gold log-probability",
      Unit.LOGARITHM,
      true,
      "Mean log-probability of a token of the gold answer after the prompt."),
  ABSTAINED(
      "abstained",
      "abstained",
      Unit.SHARE,
      true,
      "The answer says that the documents do not tell; of unanswerable questions alone."),
  RECALL_1("recall_1", "recall@1", Unit.SHARE, true, "Relevant documents that were ranked first."),
  RECALL_5("recall_5", "recall@5", Unit.SHARE, true, "Relevant documents among the first five."),
  RECALL_10("recall_10", "recall@10", Unit.SHARE, true, "Relevant documents among the first ten."),
  MRR("mrr", "MRR", Unit.SHARE, true, "One over the rank of the first relevant document."),
  NDCG_10("ndcg_10", "nDCG@10", Unit.SHARE, true, "Discounted gain of the first ten documents."),
  MAP("map", "MAP", Unit.SHARE, true, "Mean precision at each relevant document."),
  SEARCH_MS(
      "search_ms",
      "search",
      Unit.MILLISECONDS,
      false,
      "Encoding the question and searching with it."),
  GOLD_READ(
      "gold_read",
      "gold read",
      Unit.SHARE,
      true,
      "A passage of a relevant document was in the prompt."),
  LOOPS("loops", "loops", Unit.SHARE, false, "The answer runs in circles."),
  REPEATED(
      "repeated",
      "ended, repeating",
      Unit.SHARE,
      false,
      "The answer was ended as it began to repeat itself."),
  CUT("cut", "cut", Unit.SHARE, false, "The answer was cut at the token limit."),
  FIRST_TOKEN_MS(
      "first_token_ms",
      "first token",
      Unit.MILLISECONDS,
      false,
      "From the question to the first token of its answer."),
  TOKENS_PER_SECOND(
      "tokens_per_second", "speed", Unit.TOKENS_PER_SECOND, true, "Tokens of the answer a second."),
  PROMPT_TOKENS("prompt_tokens", "prompt", Unit.TOKENS, false, "Tokens of the prompt."),
  PROCESSOR_SECONDS(
      "processor_seconds",
      "processor",
      Unit.SECONDS,
      false,
      "Time of all processors that the server took meanwhile, shared by what was asked at once.");

  /** What a value counts, and how it is printed. */
  public enum Unit {
    SHARE("", "%.3f"),
    LOGARITHM("", "%.2f"),
    MILLISECONDS("ms", "%,.0f"),
    SECONDS("s", "%.2f"),
    TOKENS("tokens", "%,.0f"),
    TOKENS_PER_SECOND("tokens/s", "%.1f");

    private final String sign;
    private final String format;

    Unit(String sign, String format) {
      this.sign = sign;
      this.format = format;
    }

    /** What stands behind the number; empty for a share. */
    public String sign() {
      return sign;
    }

    /** A number of this unit without its sign. */
    public String print(double value) {
      return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }
  }

  private final String wire;
  private final String label;
  private final Unit unit;
  private final boolean more;
  private final String sentence;

  Measure(String wire, String label, Unit unit, boolean more, String sentence) {
    this.wire = wire;
    this.label = label;
    this.unit = unit;
    this.more = more;
    this.sentence = sentence;
  }

  /**
   * The measure of a name in JSON, CSV and on the command line.
   *
   * @throws ProblemException INVALID if there is none
   */
  public static Measure of(String wire) {
    return Arrays.stream(values())
        .filter(each -> each.wire.equals(wire))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemException.Kind.INVALID,
                    "'%s' is no measure; there are %s"
                        .formatted(
                            wire,
                            Arrays.stream(values())
                                .map(Measure::wire)
                                .collect(Collectors.joining(", ")))));
  }

  /** Its name in JSON, CSV and on the command line. */
  public String wire() {
    return wire;
  }

  /** Its name in a table. */
  public String label() {
    return label;
  }

  /** What it counts. */
  public Unit unit() {
    return unit;
  }

  /** Whether more of it is better. */
  public boolean more() {
    return more;
  }

  /** What it says, in a sentence. */
  public String sentence() {
    return sentence;
  }

  @Override
  public String toString() {
    return wire;
  }
}
