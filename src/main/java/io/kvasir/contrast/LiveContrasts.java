package io.kvasir.contrast;

import io.kvasir.contrast.Contrasts.Running;
import io.kvasir.core.About;
import io.kvasir.core.Reason;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The contrasts that run here and those that ended a moment ago: who reads them, what of them is
 * kept, and how they are stopped. Safe to use from any thread.
 */
final class LiveContrasts {
  private static final System.Logger LOG = System.getLogger(LiveContrasts.class.getName());

  /** How often what came so far is kept, so that a server that is killed loses no more. */
  private static final Duration CHECKPOINT = Duration.ofSeconds(5);

  private final ContrastStore store;
  private final ContrastLimits limits;
  private final ScheduledExecutorService worker;
  private final TraceKeeper keeper;
  private final Map<String, ContrastRun> runs = new ConcurrentHashMap<>();
  private final UnderWay underWay;
  private volatile @Nullable String stopping;

  /**
   * None yet.
   *
   * @param store where traces are kept
   * @param limits how many there may be, and how long they stay
   * @param worker keeps what came so far; its threads may block
   */
  LiveContrasts(ContrastStore store, ContrastLimits limits, ScheduledExecutorService worker) {
    this.store = store;
    this.limits = limits;
    this.worker = worker;
    this.keeper = new TraceKeeper(store, worker, limits.keep());
    this.underWay =
        new UnderWay(
            new UnderWay.Limit(
                limits.running(),
                "%d contrasts are running, which is the limit (contrast.running); try again in a moment"
                    .formatted(limits.running())));
    ScheduledFuture<?> unused =
        worker.scheduleWithFixedDelay(
            () -> runs.values().forEach(run -> run.checkpoint(store)),
            CHECKPOINT.toMillis(),
            CHECKPOINT.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Counts them, and those on their way in. */
  UnderWay underWay() {
    return underWay;
  }

  /** Adds one that runs; completes when it is kept, so that no crash forgets it. */
  Future<Void> add(ContrastRun run) {
    runs.put(run.id(), run);
    String late = stopping;
    if (late != null) {
      run.cancel(late);
    }
    return run.save(store).onFailure(failure -> warn(run, failure)).otherwiseEmpty();
  }

  /** Keeps the trace of one that ended, then tells the readers; who cannot wait is told so. */
  void ended(ContrastRun run) {
    keeper
        .keep(run, run::end)
        .onComplete(
            kept -> {
              warn(run, kept.cause());
              run.end(kept.failed() ? Reason.of(kept.cause()) : null);
              underWay.leave();
              ScheduledFuture<?> unused =
                  worker.schedule(
                      () -> runs.remove(run.id()),
                      limits.reconnect().toMillis(),
                      TimeUnit.MILLISECONDS);
            });
  }

  private static void warn(ContrastRun run, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} could not be kept: {1}",
          new About(run.id()),
          failure.getMessage());
    }
  }

  /** The one of an id, as its readers follow it. */
  Optional<Running> running(Workspace workspace, String id) {
    return find(workspace, id).map(run -> new Running(run.id(), run.log()));
  }

  private Optional<ContrastRun> find(Workspace workspace, String id) {
    return Optional.ofNullable(runs.get(id)).filter(run -> run.workspace().equals(workspace));
  }

  /** Does something with the one of an id, if it is there. */
  void with(Workspace workspace, String id, Consumer<ContrastRun> action) {
    find(workspace, id).ifPresent(action);
  }

  /** The trace of an id: what came so far, or what is kept. */
  Future<Trace> trace(Workspace workspace, String id) {
    return find(workspace, id)
        .filter(run -> !run.kept())
        .map(run -> Future.succeededFuture(run.trace()))
        .orElseGet(() -> store.get(workspace, id));
  }

  /** Cancels all, and those that are still on their way in. */
  void stop(String reason) {
    stopping = reason;
    runs.values().forEach(run -> run.cancel(reason));
  }
}
