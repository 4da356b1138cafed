package io.kvasir.ingest;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import io.vertx.core.Future;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Waits for what others do for a job, and asks the store again while it is away: that is no fault
 * of the file whose turn it is. Blocks its caller's thread; ends soon after the job is stopped.
 */
final class JobSteps {
  /** What a job says meanwhile. */
  static final String WAITS =
      "waits for the database; it goes on by itself as soon as that answers";

  /** The longest that a batch or a request to the store may take. */
  static final int STEP_TIMEOUT_SECONDS = 600;

  /** How often a step is tried that fails although the store answers otherwise. */
  static final int MOST_TRIES = 8;

  /** How long after a failure the store is asked again; doubled up to the longest. */
  static final int FIRST_PAUSE_MILLISECONDS = 250;

  /** The longest pause. */
  static final int LONGEST_PAUSE_MILLISECONDS = 4_000;

  /** After so long without an answer of the store a job says that it waits. */
  static final int SLOW_MILLISECONDS = 3_000;

  /** How often a job is asked meanwhile whether it still goes on. */
  private static final int LOOK_MILLISECONDS = 100;

  private static final System.Logger LOG = System.getLogger(JobSteps.class.getName());

  private final JobStore store;
  private final IngestionJob job;

  JobSteps(JobStore store, IngestionJob job) {
    this.store = store;
    this.job = job;
  }

  /**
   * What a request to the store brings, however often it has to be made. It may have been done
   * although it failed, so it does no harm twice.
   *
   * @throws CancellationException if the job is stopped, or lost to another server
   */
  <T> T stored(Supplier<Future<T>> request) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        T answer = answered(request.get());
        job.waitsSince(null);
        return answer;
      } catch (ProblemException failure) {
        if (!isTransient(failure) || tries == MOST_TRIES) {
          job.waitsSince(null);
          throw failure;
        }
        LOG.log(
            System.Logger.Level.WARNING,
            "the ingestion job " + job.id() + " waits: " + failure.getMessage());
        job.waitsSince(WAITS);
        awaitStore(tries);
      }
    }
  }

  /** Waits until the store knows the job; only what fails although it does is a try. */
  private void awaitStore(int tries) throws InterruptedException {
    long pause = FIRST_PAUSE_MILLISECONDS;
    for (int i = 1; i < tries; i++) {
      pause = longer(pause);
    }
    while (true) {
      pause(pause);
      try {
        goOnIf(answered(store.standing(job.id())));
        return;
      } catch (ProblemException failure) {
        if (!isTransient(failure)) {
          throw failure;
        }
        pause = longer(pause);
      }
    }
  }

  /**
   * Goes on with a job that is still this server's to do.
   *
   * @throws CancellationException if it is not
   */
  void goOnIf(JobStore.Standing standing) {
    switch (standing) {
      case OURS -> {}
      case CANCELLED -> job.cancel();
      case LOST -> job.drop();
    }
    job.checkGoesOn();
  }

  private <T> T answered(Future<T> request) throws InterruptedException {
    return done(request.toCompletionStage(), () -> job.waitsSince(WAITS));
  }

  /**
   * What the encoder brings.
   *
   * @throws CancellationException if the job is stopped meanwhile
   */
  <T> T encoded(CompletionStage<T> step) throws InterruptedException {
    return done(step, () -> {});
  }

  private <T> T done(CompletionStage<T> step, Runnable slow) throws InterruptedException {
    var result = step.toCompletableFuture();
    long begunNanos = System.nanoTime();
    while (true) {
      job.checkGoesOn();
      try {
        return result.get(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw problem(e.getCause() == null ? e : e.getCause());
      } catch (TimeoutException e) {
        long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
        if (tookMillis > SLOW_MILLISECONDS) {
          slow.run();
        }
        if (tookMillis > TimeUnit.SECONDS.toMillis(STEP_TIMEOUT_SECONDS)) {
          throw new ProblemException(
              Kind.UNAVAILABLE,
              "took more than %d s to encode or store; ingest it again"
                  .formatted(STEP_TIMEOUT_SECONDS),
              e);
        }
      }
    }
  }

  private static ProblemException problem(Throwable cause) {
    return cause instanceof ProblemException problem
        ? problem
        : new ProblemException(Kind.INTERNAL, "could not be stored: " + Reason.of(cause), cause);
  }

  /** Whether the same request may succeed later. */
  static boolean isTransient(ProblemException failure) {
    return failure.kind() == Kind.UNAVAILABLE || failure.kind() == Kind.BUSY;
  }

  private void pause(long milliseconds) throws InterruptedException {
    long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    while (System.nanoTime() - endNanos < 0) {
      job.checkGoesOn();
      TimeUnit.MILLISECONDS.sleep(Math.min(milliseconds, LOOK_MILLISECONDS));
    }
  }

  private static long longer(long pause) {
    return Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS);
  }
}
