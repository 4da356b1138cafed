package io.kvasir.contrast;

import io.kvasir.contrast.path.Material;
import io.kvasir.contrast.path.Paths;
import io.kvasir.contrast.path.ReadingOrder;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.PathTrace.PassageTrace;
import io.kvasir.core.PathTrace.Retrieved;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.generate.Generation;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.GenerationRequest;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Priority;
import io.kvasir.generate.PromptRows;
import io.kvasir.memory.PromptMemory;
import io.kvasir.observe.AnswerListener;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Retriever.Retrieval;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Launches contrasts: gathers the material once, plans every path, starts them together in one
 * batch.
 */
final class Launch {
  /**
   * What somebody wants to be launched.
   *
   * @param workspace who asks
   * @param request what is asked
   * @param yields whether an answer may become shorter than asked for, so that passages have room
   * @param reader gets the events of every path
   * @param allowance what prompts and answers are taken from
   * @param trial what an experiment asks with; null if a person does
   */
  record Wish(
      Workspace workspace,
      ContrastRequest request,
      boolean yields,
      Consumer<GenerationEvent> reader,
      TokenAllowance allowance,
      @Nullable Trial trial) {
    Priority priority() {
      return trial == null ? Priority.PERSON : Priority.EXPERIMENT;
    }

    @Nullable String experiment() {
      return trial == null ? null : trial.experiment();
    }

    /** What puts its passages in another order; null for what everybody gets. */
    @Nullable String reranker() {
      return trial == null ? null : trial.reranker();
    }

    /** The defaults of a decoder as this gets them. */
    AnswerDefaults defaults(AnswerDefaults usual) {
      return trial == null ? usual : trial.over(usual);
    }

    /** In which order rag reads. */
    ReadingOrder order(AnswerDefaults usual) {
      ReadingOrder tried = trial == null ? null : trial.order();
      return tried != null
          ? tried
          : usual.bestLast() ? ReadingOrder.BEST_LAST : ReadingOrder.BEST_FIRST;
    }
  }

  /**
   * What is to be launched.
   *
   * @param wish checked
   * @param generator answers
   * @param defaults what its answers get where the request does not say
   */
  record Order(Wish wish, Generator generator, AnswerDefaults defaults) {
    ContrastRequest request() {
      return wish.request();
    }
  }

  /**
   * A contrast that runs.
   *
   * @param run the contrast
   * @param plans of its paths, in order
   */
  record Launched(ContrastRun run, List<PathPlan> plans) {}

  private final MaterialSource materials;
  private final Paths paths;
  private final ContrastLimits limits;
  private final ScheduledExecutorService worker;
  private final AnswerListener listener;
  private final Consumer<ContrastRun> ended;

  /**
   * A launch.
   *
   * @param materials where passages come from
   * @param paths the ways to answer
   * @param limits what one contrast may take
   * @param worker makes prompts; its threads may block
   * @param listener is told what happens
   * @param ended called once for each contrast, on the inference thread, when its paths ended
   */
  Launch(
      MaterialSource materials,
      Paths paths,
      ContrastLimits limits,
      ScheduledExecutorService worker,
      AnswerListener listener,
      Consumer<ContrastRun> ended) {
    this.materials = materials;
    this.paths = paths;
    this.listener = listener;
    this.limits = limits;
    this.worker = worker;
    this.ended = ended;
  }

  /** Launches a contrast behind what was said before. */
  Future<Launched> launch(Order order, Earlier earlier) {
    long startedNanos = System.nanoTime();
    AnswerListener.Asked asked = listener.asked();
    return gather(order, earlier)
        .onSuccess(found -> found.tell(asked))
        .compose(
            found ->
                Future.fromCompletionStage(
                    CompletableFuture.supplyAsync(
                        () -> launch(order, earlier, found, asked, startedNanos), worker)))
        .onFailure(failure -> asked.ended(Trace.Status.FAILED));
  }

  /** Does what a launch of the one path that retrieves does, up to its prompt. */
  Future<Rehearsal> rehearse(Order order, Earlier earlier) {
    return gather(order, earlier)
        .compose(
            found ->
                Future.fromCompletionStage(
                    CompletableFuture.supplyAsync(
                        () -> rehearsal(order, found, plans(order, earlier, found).get(0)),
                        worker)));
  }

  private Future<MaterialSource.Found> gather(Order order, Earlier earlier) {
    return materials.gather(
        order.wish().workspace(),
        order.request(),
        paths.needs(order.request().paths()),
        k(order),
        earlier.questions(),
        order.wish().reranker());
  }

  private Rehearsal rehearsal(Order order, MaterialSource.Found found, PathPlan plan) {
    Retrieval retrieval = Objects.requireNonNull(found.retrieval(), "the path retrieves");
    Fusion fusion = materials.fusion();
    return new Rehearsal(
        retrieval.searched(),
        retrieval.encoder(),
        order.generator().description().name(),
        k(order),
        plan.trace().budget(),
        fusion.candidates(),
        fusion.weights(),
        retrieval.reranking(),
        plan.notice(),
        plan.passages().stream().sorted(Comparator.comparingInt(Launch::rank)).toList(),
        plan.trace().left(),
        retrieval.encodeMs(),
        retrieval.searchMs());
  }

  private static int rank(PassageTrace passage) {
    Retrieved retrieved = passage.retrieved();
    return retrieved == null ? Integer.MAX_VALUE : retrieved.rank();
  }

  private Launched launch(
      Order order,
      Earlier earlier,
      MaterialSource.Found found,
      AnswerListener.Asked asked,
      long startedNanos) {
    List<PathPlan> plans = plans(order, earlier, found);
    ContrastRequest request =
        order.request().answered(longestAnswer(plans), order.defaults().loopPenalty());
    TokenAllowance allowance = order.wish().allowance();
    ContrastRun run =
        new ContrastRun(
            order.wish().workspace(),
            order.wish().experiment(),
            ContrastRun.head(request, style(request), order.generator().description(), found),
            limits,
            worker,
            over -> {
              allowance.giveBack(over.unusedTokens());
              asked.ended(over.status());
              ended.accept(over);
            });
    asked.named(run.id(), request.question());
    List<PathRecorder> recorders = run.record(plans, startedNanos, found.retrievalMs());
    run.announce(found, plans);
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      PathPlan plan = plans.get(i);
      requests.add(
          new GenerationRequest(
              plan.prompt(),
              plan.opening(),
              request.sampling(),
              true,
              order.wish().priority(),
              rows(order, plan, recorders.get(i))));
    }
    try {
      run.started(
          start(order.generator(), requests, watched(plans, recorders, order, asked), allowance));
    } catch (RuntimeException refused) {
      requests.forEach(one -> one.rows().release());
      throw refused;
    }
    return new Launched(run, plans);
  }

  /** What the database has of a prompt, as far as its path takes it from there. */
  private PromptRows rows(Order order, PathPlan plan, PathRecorder recorder) {
    String collection = order.request().collection();
    if (collection == null) {
      return PromptRows.none();
    }
    PromptMemory.Recalled recalled =
        materials.recall(
            order.wish().workspace(),
            collection,
            order.generator(),
            plan,
            paths.of(plan.path()).recalls());
    recorder.stored(recalled.stored());
    return recalled.rows();
  }

  private List<PathPlan> plans(Order order, Earlier earlier, MaterialSource.Found found) {
    PathPlanner planner = new PathPlanner(order.generator(), order.defaults());
    ContrastRequest request = order.request();
    Material material =
        new Material(
            found.hits(),
            found.scoped(),
            found.scopeSize(),
            new Material.Encoding(found.relevantCosine(), found.spoken()),
            new Material.Selection(
                k(order),
                order.defaults().nearness(),
                order.wish().order(order.defaults()),
                orDefault(request.budget(), limits.budget()),
                request.selection()));
    return request.paths().stream()
        .map(
            path ->
                planner.plan(
                    paths.of(path),
                    material,
                    new PathPlanner.Wish(
                        earlier.before(path, request.question()),
                        found.language(),
                        style(request),
                        limits.historyBudget(),
                        request.sampling().maxTokens(),
                        order.wish().yields())))
        .toList();
  }

  /**
   * Starts what shares a batch, and takes as many tokens as prompts and answers can become; what is
   * refused gives them back.
   */
  static List<Generation> start(
      Generator generator,
      List<GenerationRequest> requests,
      List<Consumer<GenerationEvent>> sinks,
      TokenAllowance allowance) {
    int tokens =
        requests.stream()
            .mapToInt(one -> one.prompt().ids().length + one.sampling().maxTokens())
            .sum();
    allowance.take(tokens);
    try {
      return generator.start(requests, sinks);
    } catch (RuntimeException refused) {
      allowance.giveBack(tokens);
      throw refused;
    }
  }

  private static int longestAnswer(List<PathPlan> plans) {
    return plans.stream().mapToInt(PathPlan::maxTokens).min().orElseThrow();
  }

  private static List<Consumer<GenerationEvent>> watched(
      List<PathPlan> plans, List<PathRecorder> recorders, Order order, AnswerListener.Asked asked) {
    String model = order.generator().description().name();
    List<Consumer<GenerationEvent>> sinks = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      PathPlan plan = plans.get(i);
      sinks.add(
          asked
              .answering(plan.path(), model, plan.prompt().ids().length)
              .andThen(recorders.get(i))
              .andThen(order.wish().reader()));
    }
    return sinks;
  }

  private static int k(Order order) {
    return orDefault(order.request().k(), order.defaults().passages());
  }

  private AnswerStyle style(ContrastRequest request) {
    AnswerStyle asked = request.style();
    return asked == null ? limits.style() : asked;
  }

  /** What was asked for, or what everybody gets. */
  static int orDefault(@Nullable Integer asked, int otherwise) {
    return asked == null ? otherwise : asked;
  }
}
