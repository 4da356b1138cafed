package io.kvasir.contrast;

import io.kvasir.contrast.Launch.Launched;
import io.kvasir.contrast.path.Paths;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Generators;
import io.kvasir.observe.AnswerListener;
import io.kvasir.stream.EventLog;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The use case: checks what is asked, launches it and answers for what runs. Safe to use from any
 * thread; never blocks its caller.
 */
public final class ContrastService implements Contrasts {
  private final Generators generators;
  private final MaterialSource materials;
  private final Paths paths;
  private final String defaultCollection;
  private final ContrastLimits limits;
  private final Function<String, AnswerDefaults> defaults;
  private final ScheduledExecutorService worker;
  private final LiveContrasts live;
  private final Launch launch;
  private final ChatStarter chats;
  private final Turns turns;

  /**
   * A service.
   *
   * @param generators the decoders
   * @param store where traces are kept
   * @param materials where passages come from
   * @param paths the ways to answer
   * @param defaultCollection what chats of /v1 answer from unless they name one
   * @param limits what one contrast may take
   * @param defaults what the answers of the decoder of a name get where nobody says
   * @param worker makes prompts and counts the time without readers; its threads may block
   * @param listener is told what happens
   */
  public ContrastService(
      Generators generators,
      ContrastStore store,
      MaterialSource materials,
      Paths paths,
      String defaultCollection,
      ContrastLimits limits,
      Function<String, AnswerDefaults> defaults,
      ScheduledExecutorService worker,
      AnswerListener listener) {
    this.generators = generators;
    this.materials = materials;
    this.paths = paths;
    this.defaultCollection = defaultCollection;
    this.limits = limits;
    this.defaults = defaults;
    this.worker = worker;
    this.live = new LiveContrasts(store, limits, worker);
    this.launch = new Launch(materials, paths, limits, worker, listener, live::ended);
    this.turns = new Turns(store, live);
    this.chats = new ChatStarter(generators, limits, worker, listener);
  }

  @Override
  public ContrastLimits limits() {
    return limits;
  }

  @Override
  public Paths paths() {
    return paths;
  }

  @Override
  public Future<Running> start(
      Workspace workspace, ContrastRequest request, TokenAllowance allowance) {
    return turns
        .before(workspace, request)
        .compose(
            turn ->
                launch(
                    new Launch.Wish(
                        workspace,
                        turn.request()
                            .following(
                                turn.earlier().earlier(), !paths.needs(request.paths()).isEmpty()),
                        false,
                        event -> {},
                        allowance,
                        null),
                    turn.earlier()))
        .map(launched -> new Running(launched.run().id(), launched.run().log()));
  }

  @Override
  public Future<Trace> answer(Workspace workspace, Trial trial, ContrastRequest request) {
    return launch(
            new Launch.Wish(workspace, request, false, event -> {}, TokenAllowance.ENDLESS, trial),
            new ConversationHistory(List.of()))
        .compose(launched -> toItsEnd(launched.run()));
  }

  /** Nobody follows it, so nobody's leaving ends it. */
  private static Future<Trace> toItsEnd(ContrastRun run) {
    run.join();
    return run.log()
        .ended()
        .compose(
            ended ->
                run.kept()
                    ? Future.succeededFuture(run.trace())
                    : Future.failedFuture(
                        new ProblemException(
                            ProblemException.Kind.UNAVAILABLE,
                            "the contrast %s could not be kept".formatted(run.id()))));
  }

  @Override
  public Future<Rehearsal> rehearse(Workspace workspace, ContrastRequest request) {
    try {
      Launch.Wish wish =
          new Launch.Wish(workspace, request, true, event -> {}, TokenAllowance.ENDLESS, null);
      return launch.rehearse(order(wish), new ConversationHistory(List.of()));
    } catch (ProblemException refused) {
      return Future.failedFuture(refused);
    }
  }

  /** What is to be launched; INVALID, NOT_FOUND or UNAVAILABLE if it cannot be. */
  private Launch.Order order(Launch.Wish wish) {
    Generator generator = generators.loaded(wish.request().model());
    RequestCheck.check(wish.request(), paths, limits, generator.description().context());
    return new Launch.Order(
        wish,
        generator,
        wish.defaults(limits.over(defaults.apply(generator.description().name()))));
  }

  private Future<Launched> launch(Launch.Wish wish, Earlier earlier) {
    Launch.Order order;
    try {
      order = order(wish);
    } catch (ProblemException refused) {
      return Future.failedFuture(refused);
    }
    return live.underWay()
        .enter(
            () ->
                launch
                    .launch(order, earlier)
                    .compose(launched -> live.add(launched.run()).map(launched)));
  }

  @Override
  public Optional<Running> running(Workspace workspace, String id) {
    return live.running(workspace, id);
  }

  @Override
  public void join(Workspace workspace, String id) {
    live.with(workspace, id, ContrastRun::join);
  }

  @Override
  public void leave(Workspace workspace, String id) {
    live.with(workspace, id, ContrastRun::leave);
  }

  @Override
  public void cancel(Workspace workspace, String id) {
    live.with(workspace, id, ContrastRun::cancel);
  }

  @Override
  public Future<Trace> trace(Workspace workspace, String id) {
    return live.trace(workspace, id);
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
      Generator generator = generators.loaded(model);
      planner =
          new PathPlanner(generator, limits.over(defaults.apply(generator.description().name())));
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
    if (!paths.of(request.path()).readsDocuments()) {
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
            null,
            request.sampling(),
            request.k(),
            null);
    EventLog<GenerationEvent> log = new EventLog<>();
    return launch(
            new Launch.Wish(
                workspace, asked, true, event -> ChatStarter.record(event, log), allowance, null),
            said)
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
    live.stop(reason);
    chats.stop();
  }

  /** How many contrasts run. */
  public int count() {
    return live.underWay().count();
  }

  /** Completes when nothing runs and every trace is kept. */
  public Future<Void> idle() {
    return Future.join(live.underWay().idle(), chats.idle()).mapEmpty();
  }
}
