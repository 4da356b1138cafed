package io.kvasir.server;

import io.kvasir.config.Settings;
import io.kvasir.contrast.ContrastLimits;
import io.kvasir.experiment.Conditions;
import io.kvasir.models.Catalogue;
import io.kvasir.rerank.RerankOptions;
import io.kvasir.retrieve.Fusion;
import java.util.List;

/**
 * What is set that answers and rankings depend on, in words that experiments are told apart by.
 *
 * @param settings of the server
 */
record AnswerConditions(Settings settings) implements Conditions {
  @Override
  public String answering(String decoder) {
    ContrastLimits limits = ContrastLimits.of(settings);
    return List.of(
            limits.over(Catalogue.shipped().answers(decoder)),
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
