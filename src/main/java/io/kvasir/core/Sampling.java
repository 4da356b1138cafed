package io.kvasir.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the next token is chosen. The defaults are greedy.
 *
 * @param temperature 0 for greedy, up to 2
 * @param topP keep the smallest set of tokens with at least this probability; 1 keeps all
 * @param topK keep this many tokens; 0 keeps all
 * @param minP drop tokens below this share of the most probable one's probability; 0 drops none
 * @param repetitionPenalty divides the logits of tokens seen before; 1 for none
 * @param presencePenalty taken from the logit of every token that the answer has; 0 for none
 * @param frequencyPenalty taken from it as often as the answer has the token; 0 for none
 * @param loopPenalty taken from the logit of a token that would go on with what the answer said
 *     before, the more the longer it repeats itself, and where that does not help the answer is
 *     ended; 0 for none, null for what is best for the decoder
 * @param seed makes a run repeatable
 * @param maxTokens the most tokens to generate
 * @param stop strings that end the answer; they are not part of it
 */
public record Sampling(
    double temperature,
    double topP,
    int topK,
    double minP,
    double repetitionPenalty,
    double presencePenalty,
    double frequencyPenalty,
    @Nullable Double loopPenalty,
    long seed,
    int maxTokens,
    List<String> stop) {
  /** The highest temperature. */
  public static final double MAX_TEMPERATURE = 2;

  /** The most tokens that top-k keeps. */
  public static final int MAX_TOP_K = 1_000;

  /** What logits are divided by at the most. */
  public static final double MAX_REPETITION_PENALTY = 2;

  /** What is taken from logits at the most, and what is added. */
  public static final double MAX_PENALTY = 2;

  /** What is taken at the most from the logit of a token that begins to repeat a sequence. */
  public static final double MAX_LOOP_PENALTY = 5;

  /** The most stop strings a request may name. */
  public static final int MAX_STOP_STRINGS = 8;

  /** Greedy, at most 128 tokens. */
  public static final Sampling GREEDY = new Sampling(0, 1, 0, 0, 1, 0, 0, null, 0, 128, List.of());

  public Sampling {
    stop = List.copyOf(stop);
    require(
        temperature >= 0 && temperature <= MAX_TEMPERATURE, "temperature", "0 to 2", temperature);
    require(topP > 0 && topP <= 1, "topP", "above 0, up to 1", topP);
    require(topK >= 0 && topK <= MAX_TOP_K, "topK", "0 to 1000", topK);
    require(minP >= 0 && minP < 1, "minP", "0 to below 1", minP);
    require(
        repetitionPenalty >= 1 && repetitionPenalty <= MAX_REPETITION_PENALTY,
        "repetitionPenalty",
        "1 to 2",
        repetitionPenalty);
    require(
        Math.abs(presencePenalty) <= MAX_PENALTY, "presencePenalty", "-2 to 2", presencePenalty);
    require(
        Math.abs(frequencyPenalty) <= MAX_PENALTY, "frequencyPenalty", "-2 to 2", frequencyPenalty);
    require(
        loopPenalty == null || (loopPenalty >= 0 && loopPenalty <= MAX_LOOP_PENALTY),
        "loopPenalty",
        "0 to 5",
        String.valueOf(loopPenalty));
    require(maxTokens >= 1, "maxTokens", "1 or more", maxTokens);
    require(stop.size() <= MAX_STOP_STRINGS, "stop", "at most 8 strings", stop.size());
  }

  /** Greedy, to be said otherwise. */
  public static SamplingBuilder builder() {
    return GREEDY.toBuilder();
  }

  /** The same, to be said otherwise. */
  public SamplingBuilder toBuilder() {
    return new SamplingBuilder(this);
  }

  /** The same with another seed. */
  public Sampling withSeed(long other) {
    return toBuilder().seed(other).build();
  }

  /** The same for an answer of another length. */
  public Sampling withMaxTokens(int other) {
    return toBuilder().maxTokens(other).build();
  }

  /** The same, and where nobody said how much repeating is held against a token, so much. */
  public Sampling orLoopPenalty(double otherwise) {
    return loopPenalty == null ? toBuilder().loopPenalty(otherwise).build() : this;
  }

  private static void require(boolean holds, String name, String range, Object value) {
    if (!holds) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "sampling.%s is %s; it can be %s".formatted(name, value, range));
    }
  }
}
