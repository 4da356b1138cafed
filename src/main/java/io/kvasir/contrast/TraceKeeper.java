package io.kvasir.contrast;

import io.kvasir.core.About;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps the last state of contrasts. While the store does not answer it tries again, ever more
 * seldom, for a limited time; meanwhile the contrast is in memory and counts as running, so that
 * {@code contrast.running} bounds how many can wait.
 */
final class TraceKeeper {
  private static final System.Logger LOG = System.getLogger(TraceKeeper.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final ContrastStore store;
  private final ScheduledExecutorService timer;
  private final Duration patience;

  /**
   * A keeper.
   *
   * @param store where traces are kept
   * @param timer counts the pauses
   * @param patience how long it tries
   */
  TraceKeeper(ContrastStore store, ScheduledExecutorService timer, Duration patience) {
    this.store = store;
    this.timer = timer;
    this.patience = patience;
  }

  /**
   * Keeps a contrast that ended.
   *
   * @param run the contrast
   * @param late told once, in words for its readers, if it could not be kept at once
   * @return completes when it is kept; fails when that is given up
   */
  Future<Void> keep(ContrastRun run, Consumer<String> late) {
    long deadline = System.nanoTime() + patience.toNanos();
    return run.save(store)
        .recover(
            failure -> {
              if (!passes(failure)) {
                return Future.failedFuture(failure);
              }
              warn(run, failure);
              late.accept(
                  "The contrast is not kept yet; Kvasir tries again for %d s. %s"
                      .formatted(patience.toSeconds(), Reason.of(failure)));
              return again(run, FIRST_PAUSE, deadline);
            });
  }

  private Future<Void> again(ContrastRun run, Duration pause, long deadline) {
    Promise<Void> kept = Promise.promise();
    try {
      ScheduledFuture<?> unused =
          timer.schedule(
              () -> run.save(store).onComplete(kept), pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      return Future.failedFuture(new ProblemException(Kind.UNAVAILABLE, "Kvasir stops", closed));
    }
    Duration next = pause.multipliedBy(2);
    return kept.future()
        .onSuccess(done -> LOG.log(Level.INFO, "{0} is kept after all", new About(run.id())))
        .recover(
            failure ->
                passes(failure) && System.nanoTime() + pause.toNanos() < deadline
                    ? again(run, next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE, deadline)
                    : Future.failedFuture(failure));
  }

  private static boolean passes(Throwable failure) {
    return failure instanceof ProblemException problem
        && (problem.kind() == Kind.UNAVAILABLE || problem.kind() == Kind.BUSY);
  }

  private static void warn(ContrastRun run, Throwable failure) {
    LOG.log(
        Level.WARNING, "{0} could not be kept yet: {1}", new About(run.id()), failure.getMessage());
  }
}
