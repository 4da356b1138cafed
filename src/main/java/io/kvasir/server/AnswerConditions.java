package io.kvasir.server;

import io.kvasir.config.Settings;
import io.kvasir.contrast.ContrastLimits;
import io.kvasir.models.Catalogue;
import io.kvasir.retrieve.Fusion;
import java.util.List;
import java.util.function.Function;

/**
 * What is set that a decoder's answers depend on, in words that experiments are told apart by.
 *
 * @param settings of the server
 */
record AnswerConditions(Settings settings) implements Function<String, String> {
  @Override
  public String apply(String decoder) {
    ContrastLimits limits = ContrastLimits.of(settings);
    return List.of(
            limits.over(Catalogue.shipped().answers(decoder)),
            limits.style(),
            limits.budget(),
            Fusion.of(settings))
        .toString();
  }
}
