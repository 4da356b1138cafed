package io.kvasir.http.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.Sampling;
import io.kvasir.core.SamplingBuilder;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads how tokens are to be chosen; what a request leaves out, the settings say. */
public final class SamplingFields {
  /** The longest stop string. */
  public static final int STOP_CHARACTERS = 200;

  /** JavaScript holds whole numbers exactly up to here. */
  static final long LARGEST_SEED = (1L << 53) - 1;

  private SamplingFields() {}

  /**
   * The sampling of a request of Kvasir's own API.
   *
   * @param node its fields; null for all defaults
   * @param otherwise what a request gets that leaves them out
   * @param maxTokensLimit the most tokens that an answer can have
   */
  public static Sampling of(@Nullable JsonNode node, Sampling otherwise, int maxTokensLimit) {
    if (node == null) {
      return seeded(otherwise);
    }
    Fields fields =
        Fields.nested(
            node,
            "sampling",
            "temperature",
            "topP",
            "topK",
            "minP",
            "repetitionPenalty",
            "presencePenalty",
            "frequencyPenalty",
            "loopPenalty",
            "seed",
            "maxTokens",
            "stop");
    SamplingBuilder sampling = otherwise.toBuilder();
    said(fields.number("temperature", 0, Sampling.MAX_TEMPERATURE), sampling::temperature);
    said(fields.number("topP", Double.MIN_VALUE, 1), sampling::topP);
    said(fields.integer("topK", 0, Sampling.MAX_TOP_K), sampling::topK);
    said(fields.number("minP", 0, Math.nextDown(1.0)), sampling::minP);
    said(
        fields.number("repetitionPenalty", 1, Sampling.MAX_REPETITION_PENALTY),
        sampling::repetitionPenalty);
    said(
        fields.number("presencePenalty", -Sampling.MAX_PENALTY, Sampling.MAX_PENALTY),
        sampling::presencePenalty);
    said(
        fields.number("frequencyPenalty", -Sampling.MAX_PENALTY, Sampling.MAX_PENALTY),
        sampling::frequencyPenalty);
    said(fields.number("loopPenalty", 0, Sampling.MAX_LOOP_PENALTY), sampling::loopPenalty);
    Long seed = fields.whole("seed", 0, LARGEST_SEED);
    said(seed, sampling::seed);
    said(fields.integer("maxTokens", 1, maxTokensLimit), sampling::maxTokens);
    if (fields.value("stop") != null) {
      sampling.stop(nonEmpty(fields.texts("stop", Sampling.MAX_STOP_STRINGS, STOP_CHARACTERS)));
    }
    return seed == null ? seeded(sampling.build()) : sampling.build();
  }

  /** Passes on what a request says; what it leaves out stays. */
  public static <T> void said(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  /** Whoever samples and names no seed wants another answer each time; the trace tells which. */
  public static Sampling seeded(Sampling sampling) {
    return sampling.temperature() == 0
        ? sampling
        : sampling.withSeed(ThreadLocalRandom.current().nextLong(1L << 31));
  }

  private static List<String> nonEmpty(List<String> stop) {
    if (stop.contains("")) {
      throw new InvalidFieldException(
          "sampling.stop", "A stop string in 'sampling.stop' is empty; it would end every answer.");
    }
    return stop;
  }
}
