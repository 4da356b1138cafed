package io.kvasir.experiment;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.vertx.core.Future;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits, on the threads of experiments, for what others do. */
final class Waiting {
  /** The longest that a step takes. */
  static final int SECONDS = 600;

  private Waiting() {}

  /** What a future brings; fails as it does. */
  static <T> T of(Future<T> future) throws InterruptedException {
    return of(future.toCompletionStage());
  }

  /** What a stage brings; fails as it does. */
  static <T> T of(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProblemException problem) {
        throw problem;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new ProblemException(
          Kind.UNAVAILABLE, "a step took more than %d s".formatted(SECONDS), e);
    }
  }
}
