package io.kvasir.contrast;

import io.kvasir.contrast.Launch.Launched;
import io.kvasir.core.About;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Generators;
import io.kvasir.observe.AnswerListener;
import io.kvasir.stream.EventLog;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs contrasts and chats, and keeps the trace of everything that documents answer. Safe to use
 * from any thread; never blocks its caller.
 */
public final class ContrastService implements Contrasts {
  private static final System.Logger LOG = System.getLogger(ContrastService.class.getName());

  /** How often what came so far is kept, so that a server that is killed loses no more. */
  private static final Duration CHECKPOINT = Duration.ofSeconds(5);

  private final Generators generators;
  private final ContrastStore store;
  private final MaterialSource materials;
  private final Launch launch;
  private final ChatStarter chats;
  private final String defaultCollection;
  private final ContrastLimits limits;
  private final ScheduledExecutorService worker;
  private final AnswerListener listener;
  private final TraceKeeper keeper;

  private final Map<String, ContrastRun> runs = new ConcurrentHashMap<>();
  private final UnderWay running = new UnderWay();
  private volatile @Nullable String stopping;

  /**
   * A service.
   *
   * @param generators the decoders
   * @param store where traces are kept
   * @param materials where passages come from
   * @param defaultCollection what chats of /v1 answer from unless they name one
   * @param limits what one contrast may take
   * @param worker makes prompts and counts the time without readers; its threads may block
   * @param listener is told what happens
   */
  public ContrastService(
      Generators generators,
      ContrastStore store,
      MaterialSource materials,
      String defaultCollection,
      ContrastLimits limits,
      ScheduledExecutorService worker,
      AnswerListener listener) {
    this.listener = listener;
    this.generators = generators;
    this.store = store;
    this.materials = materials;
    this.defaultCollection = defaultCollection;
    this.limits = limits;
    this.worker = worker;
    this.keeper = new TraceKeeper(store, worker, limits.keep());
    ScheduledFuture<?> unused =
        worker.scheduleWithFixedDelay(
            () -> runs.values().forEach(run -> run.checkpoint(store)),
            CHECKPOINT.toMillis(),
            CHECKPOINT.toMillis(),
            TimeUnit.MILLISECONDS);
    this.launch = new Launch(materials, limits, worker, this::ended);
    this.chats = new ChatStarter(generators, limits, worker, listener);
  }

  @Override
  public ContrastLimits limits() {
    return limits;
  }

  @Override
  public Future<Running> start(
      Workspace workspace, ContrastRequest request, TokenAllowance allowance) {
    return history(workspace, request.conversation())
        .compose(
            earlier ->
                launch(
                    workspace,
                    request.following(earlier),
                    new ConversationHistory(earlier),
                    false,
                    event -> {},
                    allowance))
        .map(launched -> new Running(launched.run().id(), launched.run().log()));
  }

  private Future<Launched> launch(
      Workspace workspace,
      ContrastRequest request,
      Earlier earlier,
      boolean yields,
      Consumer<GenerationEvent> reader,
      TokenAllowance allowance) {
    Generator generator;
    try {
      generator = generators.loaded(request.model());
      RequestCheck.check(request, limits, generator.description().context());
      enter();
    } catch (ProblemException refused) {
      return Future.failedFuture(refused);
    }
    AnswerListener.Asked asked = listener.asked();
    Launch.Order order =
        new Launch.Order(workspace, request, generator, yields, reader, asked, allowance);
    return launch
        .launch(order, earlier)
        .compose(this::acknowledged)
        .onFailure(
            failure -> {
              asked.ended(Trace.Status.FAILED.toString());
              running.leave();
            })
        .recover(failure -> Future.failedFuture(unwrapped(failure)));
  }

  private void enter() {
    if (!running.enter(limits.running())) {
      throw new ProblemException(
          Kind.BUSY,
          "%d contrasts are running, which is the limit (contrast.running); try again in a moment"
              .formatted(limits.running()));
    }
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private Future<List<Trace>> history(Workspace workspace, @Nullable String conversation) {
    return conversation == null
        ? Future.succeededFuture(List.of())
        : store.conversation(workspace, conversation, ConversationHistory.MOST_TURNS);
  }

  /** Completes when the contrast is kept, so that no crash forgets it. */
  private Future<Launched> acknowledged(Launched launched) {
    ContrastRun run = launched.run();
    runs.put(run.id(), run);
    String late = stopping;
    if (late != null) {
      run.cancel(late);
    }
    return run.save(store)
        .onFailure(failure -> warn(run, failure))
        .otherwiseEmpty()
        .map(kept -> launched);
  }

  /** Keeps the trace, then tells the readers; who cannot wait for that is told so. */
  private void ended(ContrastRun run, AnswerListener.Asked asked) {
    asked.ended(run.status().toString());
    keeper
        .keep(run, run::end)
        .onComplete(
            kept -> {
              warn(run, kept.cause());
              run.end(kept.failed() ? Reason.of(kept.cause()) : null);
              running.leave();
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

  private Optional<ContrastRun> find(Workspace workspace, String id) {
    return Optional.ofNullable(runs.get(id)).filter(run -> run.workspace().equals(workspace));
  }

  @Override
  public Optional<Running> running(Workspace workspace, String id) {
    return find(workspace, id).map(run -> new Running(run.id(), run.log()));
  }

  @Override
  public void join(Workspace workspace, String id) {
    find(workspace, id).ifPresent(ContrastRun::join);
  }

  @Override
  public void leave(Workspace workspace, String id) {
    find(workspace, id).ifPresent(ContrastRun::leave);
  }

  @Override
  public void cancel(Workspace workspace, String id) {
    find(workspace, id).ifPresent(ContrastRun::cancel);
  }

  @Override
  public Future<Trace> trace(Workspace workspace, String id) {
    return find(workspace, id)
        .filter(run -> !run.kept())
        .map(run -> Future.succeededFuture(run.trace()))
        .orElseGet(() -> store.get(workspace, id));
  }

  @Override
  public Future<Fit> fit(
      Workspace workspace,
      @Nullable String model,
      String collection,
      Scope scope,
      @Nullable Integer budget) {
    PathPlanner planner;
    try {
      planner = new PathPlanner(generators.loaded(model));
    } catch (ProblemException refused) {
      return Future.failedFuture(refused);
    }
    int room = Launch.orDefault(budget, limits.budget());
    return materials
        .scoped(workspace, collection, scope)
        .compose(
            found ->
                Future.fromCompletionStage(
                    CompletableFuture.supplyAsync(() -> planner.fit(found, room), worker)));
  }

  @Override
  public Future<Chat> chat(Workspace workspace, ChatRequest request, TokenAllowance allowance) {
    Dialogue said = Dialogue.of(request.turns());
    if (request.path() == AnswerPath.CLOSED_BOOK) {
      return chats.start(request, said, allowance);
    }
    String collection = request.collection();
    ContrastRequest asked =
        new ContrastRequest(
            said.question(),
            null,
            collection == null ? defaultCollection : collection,
            request.scope(),
            List.of(request.path()),
            request.model(),
            request.sampling(),
            request.k(),
            null);
    EventLog<GenerationEvent> log = new EventLog<>();
    return launch(workspace, asked, said, true, event -> ChatStarter.record(event, log), allowance)
        .map(launched -> chat(launched, log));
  }

  private static Chat chat(Launched launched, EventLog<GenerationEvent> log) {
    ContrastRun run = launched.run();
    // Its one reader is the connection, whose end cancels it; nobody can come back to it.
    run.join();
    PathPlan plan = launched.plans().get(0);
    return new Chat(
        run.head().model().name(),
        plan.prompt().ids().length,
        log,
        run::cancel,
        new Grounds(
            run.id(),
            String.valueOf(run.head().collection()),
            plan.passages().stream().filter(passage -> passage.inPrompt() != null).toList()));
  }

  /**
   * Stops every contrast and chat, and those that are still on their way in.
   *
   * @param reason what their readers are told
   */
  public void stop(String reason) {
    stopping = reason;
    runs.values().forEach(run -> run.cancel(reason));
    chats.stop();
  }

  /** How many contrasts run. */
  public int count() {
    return running.count();
  }

  /** Completes when nothing runs and every trace is kept. */
  public Future<Void> idle() {
    return Future.join(running.idle(), chats.idle()).mapEmpty();
  }
}
