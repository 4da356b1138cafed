package io.kvasir.server;

import io.kvasir.config.Settings;
import io.kvasir.contrast.ContrastLimits;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.experiment.Conditions;
import io.kvasir.rerank.RerankOptions;
import io.kvasir.retrieve.Fusion;
import java.util.List;
import java.util.function.Function;

/**
 * What is set that answers and rankings depend on, in words that experiments are told apart by.
 *
 * @param settings of the server
 * @param decoders what the decoder of a name answers with where nothing is set
 */
record AnswerConditions(Settings settings, Function<String, AnswerDefaults> decoders)
    implements Conditions {
  @Override
  public String answering(String decoder) {
    ContrastLimits limits = ContrastLimits.of(settings);
    return List.of(
            limits.over(decoders.apply(decoder)),
            limits.style(),
            limits.budget(),
            Fusion.of(settings),
            RerankOptions.of(settings))
        .toString();
  }

  @Override
  public String searching() {
    return List.of(Fusion.of(settings), RerankOptions.of(settings)).toString();
  }
}
