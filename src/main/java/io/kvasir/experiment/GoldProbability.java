package io.kvasir.experiment;

import io.kvasir.core.PathTrace;
import io.kvasir.core.ProblemException;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Generators;
import io.kvasir.generate.ReadingRequest;
import io.vertx.core.Future;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How probable the right answer is to a decoder that has read a path's prompt: the mean of ln P of
 * its tokens. It tells paths apart where both answer wrongly.
 */
final class GoldProbability {
  private final Generators generators;

  GoldProbability(Generators generators) {
    this.generators = generators;
  }

  /** Null where there is no right answer or no room to read it; the reading waits for its turn. */
  Future<@Nullable Double> of(String model, PathTrace path, LabelledQuestion question) {
    PathTrace.PromptTrace prompt = path.prompt();
    if (prompt == null || question.answers().isEmpty()) {
      return Future.succeededFuture();
    }
    try {
      Generator generator = generators.loaded(model);
      int[] gold = generator.tokens(question.answers().get(0));
      if (gold.length == 0) {
        return Future.succeededFuture();
      }
      return Future.fromCompletionStage(
              generator.read(ReadingRequest.answer(prompt.ids(), gold, null)))
          .map(logprobs -> Arrays.stream(logprobs).average().orElse(Double.NaN))
          .<@Nullable Double>map(mean -> Double.isNaN(mean) ? null : mean)
          .recover(GoldProbability::leftOut);
    } catch (ProblemException refused) {
      return leftOut(refused);
    }
  }

  private static Future<@Nullable Double> leftOut(Throwable failure) {
    return failure instanceof ProblemException
        ? Future.succeededFuture()
        : Future.failedFuture(failure);
  }
}
