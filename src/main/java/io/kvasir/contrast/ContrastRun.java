package io.kvasir.contrast;

import io.kvasir.core.About;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.generate.Generation;
import io.kvasir.generate.Generator;
import io.kvasir.stream.EventLog;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One contrast while it runs: its log, its paths, its readers. Without a reader for a while it is
 * cancelled; what came stays in its trace.
 */
final class ContrastRun {
  private static final System.Logger LOG = System.getLogger(ContrastRun.class.getName());

  private final Workspace workspace;
  private final @Nullable String experiment;
  private final Trace head;
  private final ContrastLimits limits;
  private final ScheduledExecutorService timer;
  private final Consumer<ContrastRun> ended;
  private final EventLog<ContrastEvent> log = new EventLog<>();
  private final AtomicInteger pathsLeft = new AtomicInteger();

  private Future<Void> saving = Future.succeededFuture();
  private volatile List<PathRecorder> recorders = List.of();
  private volatile List<Generation> generations = List.of();
  private volatile boolean kept;
  private int readers;
  private boolean cancelled;
  private @Nullable String reason;
  private @Nullable ScheduledFuture<?> abandonment;

  /**
   * A run that has not begun.
   *
   * @param workspace whose it is
   * @param experiment which one asks; null if a person does
   * @param head the trace without paths
   * @param limits how long it goes on without a reader
   * @param timer counts that time, and writes what is kept
   * @param ended called once on the inference thread when every path has ended
   */
  ContrastRun(
      Workspace workspace,
      @Nullable String experiment,
      Trace head,
      ContrastLimits limits,
      ScheduledExecutorService timer,
      Consumer<ContrastRun> ended) {
    this.workspace = workspace;
    this.experiment = experiment;
    this.head = head;
    this.limits = limits;
    this.timer = timer;
    this.ended = ended;
  }

  /** The trace of a question before anything is recorded. */
  static Trace head(
      ContrastRequest request,
      AnswerStyle style,
      Generator.Description model,
      MaterialSource.Found found) {
    String id = UUID.randomUUID().toString();
    String conversation = request.conversation();
    return new Trace(
        Trace.VERSION,
        id,
        Instant.now(),
        Trace.Status.RUNNING,
        conversation == null ? id : conversation,
        request.beside(),
        request.question(),
        request.collection(),
        request.scope().selectors(),
        new Trace.Model(model.name(), model.checksum(), model.format()),
        found.encoder(),
        style,
        request.k(),
        request.sampling(),
        model.watchedLayers(),
        found.searched(),
        found.questionVector(),
        found.reranking(),
        List.of());
  }

  /** Whose it is. */
  Workspace workspace() {
    return workspace;
  }

  String id() {
    return head.id();
  }

  Trace head() {
    return head;
  }

  /** Keeps what is recorded by now; a later state is never written before an earlier one. */
  Future<Void> save(ContrastStore store) {
    Promise<Void> saved = Promise.promise();
    Future<Void> earlier;
    synchronized (this) {
      earlier = saving;
      saving = saved.future();
    }
    earlier.onComplete(
        done -> timer.execute(() -> store.save(workspace, trace(), experiment).onComplete(saved)));
    return saved.future();
  }

  /** Keeps what came so far, unless it ended or an earlier state is still being written. */
  void checkpoint(ContrastStore store) {
    synchronized (this) {
      if (!saving.isComplete() || status() != Trace.Status.RUNNING) {
        return;
      }
    }
    save(store)
        .onFailure(
            failure ->
                LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} could not be kept so far: {1}",
                    new About(id()),
                    failure.getMessage()));
  }

  /** Whether its last state is in the store, where evidence may be added to it. */
  boolean kept() {
    return kept;
  }

  /**
   * Tells the readers that nothing follows; once they were told, only whether it is kept counts.
   *
   * @param problem why its last state could not be kept; null if it was
   */
  void end(@Nullable String problem) {
    kept = problem == null;
    log.append(new ContrastEvent.Ended(status(), problem == null ? reason() : problem));
    log.close();
  }

  EventLog<ContrastEvent> log() {
    return log;
  }

  /** Tells the readers what was asked, found and put into the prompts. */
  void announce(MaterialSource.Found found, List<PathPlan> plans) {
    log.append(new ContrastEvent.Started(head));
    found.event().ifPresent(log::append);
    for (PathPlan plan : plans) {
      log.append(
          new ContrastEvent.Prompted(plan.path(), plan.trace(), plan.passages(), plan.notice()));
    }
  }

  /** Makes one recorder a plan; the run ends when each has ended. */
  List<PathRecorder> record(List<PathPlan> plans, long startedNanos, @Nullable Double retrievalMs) {
    pathsLeft.set(plans.size());
    recorders =
        plans.stream()
            .map(plan -> new PathRecorder(plan, log, startedNanos, retrievalMs, this::pathEnded))
            .toList();
    return recorders;
  }

  /** Takes the handles of what was started; cancels them if that was asked before. */
  void started(List<Generation> handles) {
    boolean late;
    synchronized (this) {
      generations = handles;
      late = cancelled;
    }
    if (late) {
      handles.forEach(Generation::cancel);
    } else {
      expectReader();
    }
  }

  private void pathEnded() {
    if (pathsLeft.decrementAndGet() == 0) {
      ended.accept(this);
    }
  }

  synchronized void join() {
    readers++;
    if (abandonment != null) {
      abandonment.cancel(false);
      abandonment = null;
    }
  }

  synchronized void leave() {
    readers--;
    expectReader();
  }

  private synchronized void expectReader() {
    if (readers == 0 && abandonment == null && !log.endsAt(log.size())) {
      abandonment =
          timer.schedule(() -> cancel(), limits.reconnect().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Cancels it for a reason that its readers are told. */
  void cancel(String because) {
    synchronized (this) {
      reason = because;
    }
    cancel();
  }

  /** Why it was cancelled, where that is to be told and true of it. */
  private synchronized @Nullable String reason() {
    return status() == Trace.Status.CANCELLED ? reason : null;
  }

  void cancel() {
    List<Generation> running;
    synchronized (this) {
      cancelled = true;
      running = generations;
    }
    running.forEach(Generation::cancel);
  }

  /** How it ended, or RUNNING. */
  Trace.Status status() {
    if (pathsLeft.get() > 0) {
      return Trace.Status.RUNNING;
    }
    if (recorders.stream().anyMatch(PathRecorder::failed)) {
      return Trace.Status.FAILED;
    }
    return recorders.stream().anyMatch(PathRecorder::cancelled)
        ? Trace.Status.CANCELLED
        : Trace.Status.COMPLETE;
  }

  /** How many tokens of its answers were asked for and never came. */
  int unusedTokens() {
    return recorders.stream()
        .mapToInt(recorder -> head.sampling().maxTokens() - recorder.answered())
        .sum();
  }

  /** What is recorded by now. */
  Trace trace() {
    return head.with(status(), recorders.stream().map(PathRecorder::trace).toList());
  }
}
