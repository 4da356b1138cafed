package io.kvasir.contrast;

import io.kvasir.contrast.PathPlanner.Material;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.Workspace;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.GenerationRequest;
import io.kvasir.generate.Generator;
import io.kvasir.observe.AnswerListener;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Launches contrasts: gathers the material once, plans every path, starts them together in one
 * batch.
 */
final class Launch {
  /**
   * What is to be launched.
   *
   * @param workspace who asks
   * @param request what is asked, checked
   * @param generator answers
   * @param yields whether an answer may become shorter than asked for, so that passages have room
   * @param reader gets the events of every path
   * @param asked is told what happens
   * @param allowance what prompts and answers are taken from
   */
  record Order(
      Workspace workspace,
      ContrastRequest request,
      Generator generator,
      boolean yields,
      Consumer<GenerationEvent> reader,
      AnswerListener.Asked asked,
      TokenAllowance allowance) {}

  /**
   * A contrast that runs.
   *
   * @param run the contrast
   * @param plans of its paths, in order
   */
  record Launched(ContrastRun run, List<PathPlan> plans) {}

  private final MaterialSource materials;
  private final ContrastLimits limits;
  private final ScheduledExecutorService worker;
  private final BiConsumer<ContrastRun, AnswerListener.Asked> ended;

  /**
   * A launch.
   *
   * @param materials where passages come from
   * @param limits what one contrast may take
   * @param worker makes prompts; its threads may block
   * @param ended called once for each contrast, on the inference thread, when its paths ended
   */
  Launch(
      MaterialSource materials,
      ContrastLimits limits,
      ScheduledExecutorService worker,
      BiConsumer<ContrastRun, AnswerListener.Asked> ended) {
    this.materials = materials;
    this.limits = limits;
    this.worker = worker;
    this.ended = ended;
  }

  /** Launches a contrast behind what was said before. */
  Future<Launched> launch(Order order, Earlier earlier) {
    long startedNanos = System.nanoTime();
    return materials
        .gather(order.workspace(), order.request(), earlier.questions(), limits)
        .onSuccess(found -> found.tell(order.asked()))
        .compose(
            found ->
                Future.fromCompletionStage(
                    CompletableFuture.supplyAsync(
                        () -> launch(order, earlier, found, startedNanos), worker)));
  }

  private Launched launch(
      Order order, Earlier earlier, MaterialSource.Found found, long startedNanos) {
    PathPlanner planner = new PathPlanner(order.generator());
    List<PathPlan> plans = new ArrayList<>();
    for (AnswerPath path : order.request().paths()) {
      plans.add(planner.plan(path, material(order, earlier, path, found)));
    }
    ContrastRequest request = order.request().withMaxTokens(longestAnswer(plans));
    TokenAllowance allowance = order.allowance();
    AnswerListener.Asked asked = order.asked();
    ContrastRun run =
        new ContrastRun(
            order.workspace(),
            ContrastRun.head(request, order.generator().description(), found),
            limits,
            worker,
            over -> {
              allowance.giveBack(over.unusedTokens());
              ended.accept(over, asked);
            });
    asked.named(run.id(), request.question());
    List<PathRecorder> recorders = run.record(plans, startedNanos, found.retrievalMs());
    run.announce(found, plans);
    int tokens = most(plans);
    allowance.take(tokens);
    try {
      run.started(
          order
              .generator()
              .start(
                  plans.stream()
                      .map(plan -> new GenerationRequest(plan.prompt(), request.sampling(), true))
                      .toList(),
                  watched(plans, recorders, order)));
    } catch (RuntimeException refused) {
      allowance.giveBack(tokens);
      throw refused;
    }
    return new Launched(run, plans);
  }

  private static int longestAnswer(List<PathPlan> plans) {
    return plans.stream().mapToInt(PathPlan::maxTokens).min().orElseThrow();
  }

  /** As many tokens as prompts and answers can become. */
  private static int most(List<PathPlan> plans) {
    return plans.stream().mapToInt(plan -> plan.prompt().ids().length).sum()
        + plans.size() * longestAnswer(plans);
  }

  private static List<Consumer<GenerationEvent>> watched(
      List<PathPlan> plans, List<PathRecorder> recorders, Order order) {
    String model = order.generator().description().name();
    List<Consumer<GenerationEvent>> sinks = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      PathPlan plan = plans.get(i);
      sinks.add(
          order
              .asked()
              .answering(plan.path().toString(), model, plan.prompt().ids().length)
              .andThen(recorders.get(i))
              .andThen(order.reader()));
    }
    return sinks;
  }

  private Material material(
      Order order, Earlier earlier, AnswerPath path, MaterialSource.Found found) {
    ContrastRequest request = order.request();
    return new Material(
        earlier.before(path, request.question()),
        found.language(),
        found.hits(),
        found.scoped(),
        found.scopeSize(),
        orDefault(request.k(), limits.k()),
        orDefault(request.budget(), limits.budget()),
        limits.historyBudget(),
        request.sampling().maxTokens(),
        order.yields());
  }

  /** What was asked for, or what everybody gets. */
  static int orDefault(@Nullable Integer asked, int otherwise) {
    return asked == null ? otherwise : asked;
  }
}
