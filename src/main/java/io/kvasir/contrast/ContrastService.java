package io.kvasir.contrast;

import io.kvasir.contrast.PathPlanner.Material;
import io.kvasir.contrast.PromptWriter.Exchange;
import io.kvasir.core.About;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.GenerationRequest;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Generators;
import io.kvasir.observe.AnswerListener;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
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
 * Runs contrasts: gathers the material once, plans every path, starts them together in one batch,
 * keeps the trace. Safe to use from any thread; never blocks its caller.
 */
public final class ContrastService implements Contrasts {
  private static final System.Logger LOG = System.getLogger(ContrastService.class.getName());

  /** How often what came so far is kept, so that a server that is killed loses no more. */
  private static final Duration CHECKPOINT = Duration.ofSeconds(5);

  private final Generators generators;
  private final ContrastStore store;
  private final MaterialSource materials;
  private final ChatStarter chats;
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
    this.limits = limits;
    this.worker = worker;
    this.keeper = new TraceKeeper(store, worker, limits.keep());
    ScheduledFuture<?> unused =
        worker.scheduleWithFixedDelay(
            () -> runs.values().forEach(run -> run.checkpoint(store)),
            CHECKPOINT.toMillis(),
            CHECKPOINT.toMillis(),
            TimeUnit.MILLISECONDS);
    this.chats =
        new ChatStarter(generators, materials, defaultCollection, limits, worker, listener);
  }

  @Override
  public ContrastLimits limits() {
    return limits;
  }

  @Override
  public Future<Running> start(ContrastRequest request, TokenAllowance allowance) {
    long startedNanos = System.nanoTime();
    return history(request.conversation())
        .compose(earlier -> start(request.following(earlier), earlier, startedNanos, allowance))
        .recover(failure -> Future.failedFuture(unwrapped(failure)));
  }

  private Future<Running> start(
      ContrastRequest request, List<Trace> earlier, long startedNanos, TokenAllowance allowance) {
    Generator generator = generators.loaded(request.model());
    RequestCheck.check(request, limits, generator.description().context());
    enter();
    AnswerListener.Asked asked = listener.asked();
    return materials
        .gather(request, questions(earlier), limits)
        .onSuccess(found -> found.tell(asked))
        .compose(
            found ->
                Future.fromCompletionStage(
                    CompletableFuture.supplyAsync(
                        () ->
                            run(request, generator, earlier, found, startedNanos, asked, allowance),
                        worker)))
        .compose(acknowledged -> acknowledged)
        .onFailure(
            failure -> {
              asked.ended(Trace.Status.FAILED.toString());
              running.leave();
            });
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

  private Future<List<Trace>> history(@Nullable String conversation) {
    return conversation == null
        ? Future.succeededFuture(List.of())
        : store.conversation(conversation, ConversationHistory.MOST_TURNS);
  }

  private static List<String> questions(List<Trace> earlier) {
    return earlier.stream().map(Trace::question).toList();
  }

  /** Starts everything; completes when the contrast is kept, so that no crash forgets it. */
  private Future<Running> run(
      ContrastRequest request,
      Generator generator,
      List<Trace> earlier,
      MaterialSource.Found found,
      long startedNanos,
      AnswerListener.Asked asked,
      TokenAllowance allowance) {
    PathPlanner planner = new PathPlanner(generator);
    List<PathPlan> plans = new ArrayList<>();
    for (AnswerPath path : request.paths()) {
      List<Exchange> history = ConversationHistory.of(earlier, path);
      plans.add(planner.plan(path, material(request, found, history)));
    }
    ContrastRun run =
        new ContrastRun(
            ContrastRun.head(request, generator.description(), found),
            limits,
            worker,
            ended -> {
              allowance.giveBack(ended.unusedTokens());
              ended(ended, asked);
            });
    asked.named(run.id(), request.question());
    List<PathRecorder> recorders = run.record(plans, startedNanos, found.retrievalMs());
    run.announce(found, plans);
    int tokens = most(plans, request.sampling().maxTokens());
    allowance.take(tokens);
    try {
      run.started(
          generator.start(
              plans.stream()
                  .map(plan -> new GenerationRequest(plan.prompt(), request.sampling(), true))
                  .toList(),
              watched(plans, recorders, run.head().model().name(), asked)));
    } catch (RuntimeException refused) {
      allowance.giveBack(tokens);
      throw refused;
    }
    runs.put(run.id(), run);
    String late = stopping;
    if (late != null) {
      run.cancel(late);
    }
    return run.save(store)
        .onFailure(failure -> warn(run, failure))
        .otherwiseEmpty()
        .map(kept -> new Running(run.id(), run.log()));
  }

  /** As many tokens as prompts and answers can become. */
  private static int most(List<PathPlan> plans, int maxTokens) {
    return plans.stream().mapToInt(plan -> plan.prompt().ids().length + maxTokens).sum();
  }

  private static List<Consumer<GenerationEvent>> watched(
      List<PathPlan> plans,
      List<PathRecorder> recorders,
      String model,
      AnswerListener.Asked asked) {
    List<Consumer<GenerationEvent>> sinks = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      PathPlan plan = plans.get(i);
      sinks.add(
          asked
              .answering(plan.path().toString(), model, plan.prompt().ids().length)
              .andThen(recorders.get(i)));
    }
    return sinks;
  }

  private Material material(
      ContrastRequest request, MaterialSource.Found found, List<Exchange> history) {
    return new Material(
        request.question(),
        found.language(),
        history,
        found.hits(),
        found.scoped(),
        found.scopeSize(),
        orDefault(request.k(), limits.k()),
        orDefault(request.budget(), limits.budget()),
        limits.historyBudget(),
        request.sampling().maxTokens());
  }

  private static int orDefault(@Nullable Integer asked, int otherwise) {
    return asked == null ? otherwise : asked;
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

  @Override
  public Optional<Running> running(String id) {
    return Optional.ofNullable(runs.get(id)).map(run -> new Running(run.id(), run.log()));
  }

  @Override
  public void join(String id) {
    Optional.ofNullable(runs.get(id)).ifPresent(ContrastRun::join);
  }

  @Override
  public void leave(String id) {
    Optional.ofNullable(runs.get(id)).ifPresent(ContrastRun::leave);
  }

  @Override
  public void cancel(String id) {
    Optional.ofNullable(runs.get(id)).ifPresent(ContrastRun::cancel);
  }

  @Override
  public Future<Trace> trace(String id) {
    ContrastRun run = runs.get(id);
    return run == null || run.kept() ? store.get(id) : Future.succeededFuture(run.trace());
  }

  @Override
  public Future<Fit> fit(
      @Nullable String model, String collection, Scope scope, @Nullable Integer budget) {
    PathPlanner planner;
    try {
      planner = new PathPlanner(generators.loaded(model));
    } catch (ProblemException refused) {
      return Future.failedFuture(refused);
    }
    int room = orDefault(budget, limits.budget());
    return materials
        .scoped(collection, scope)
        .compose(
            found ->
                Future.fromCompletionStage(
                    CompletableFuture.supplyAsync(() -> planner.fit(found, room), worker)));
  }

  @Override
  public Future<Chat> chat(ChatRequest request, TokenAllowance allowance) {
    return chats.start(request, allowance);
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
