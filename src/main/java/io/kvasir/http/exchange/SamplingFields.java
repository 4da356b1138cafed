package io.kvasir.http.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.Sampling;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Reads how tokens are to be chosen; what a request leaves out, the settings say. */
public final class SamplingFields {
  /** The longest stop string. */
  public static final int STOP_CHARACTERS = 200;

  /** JavaScript holds whole numbers exactly up to here. */
  static final long LARGEST_SEED = (1L << 53) - 1;

  private SamplingFields() {}

  /** The sampling of a request of Kvasir's own API; null for all defaults. */
  public static Sampling of(@Nullable JsonNode node, HttpOptions options) {
    Sampling otherwise = options.sampling();
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
            "seed",
            "maxTokens",
            "stop");
    Double temperature = fields.number("temperature", 0, 2);
    Double topP = fields.number("topP", Double.MIN_VALUE, 1);
    Integer topK = fields.integer("topK", 0, 1_000);
    Double minP = fields.number("minP", 0, Math.nextDown(1.0));
    Double repetitionPenalty = fields.number("repetitionPenalty", 1, 2);
    Double presencePenalty = fields.number("presencePenalty", -2, 2);
    Double frequencyPenalty = fields.number("frequencyPenalty", -2, 2);
    Long seed = fields.whole("seed", 0, LARGEST_SEED);
    Integer maxTokens = fields.integer("maxTokens", 1, options.maxTokensLimit());
    List<String> stop = fields.texts("stop", Sampling.MAX_STOP_STRINGS, STOP_CHARACTERS);
    Sampling sampling =
        new Sampling(
            temperature == null ? otherwise.temperature() : temperature,
            topP == null ? otherwise.topP() : topP,
            topK == null ? otherwise.topK() : topK,
            minP == null ? otherwise.minP() : minP,
            repetitionPenalty == null ? otherwise.repetitionPenalty() : repetitionPenalty,
            presencePenalty == null ? otherwise.presencePenalty() : presencePenalty,
            frequencyPenalty == null ? otherwise.frequencyPenalty() : frequencyPenalty,
            seed == null ? otherwise.seed() : seed,
            maxTokens == null ? otherwise.maxTokens() : maxTokens,
            fields.value("stop") == null ? otherwise.stop() : nonEmpty(stop));
    return seed == null ? seeded(sampling) : sampling;
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
