package io.kvasir.experiment;

import io.kvasir.contrast.Contrasts;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Sampling;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoders;
import io.kvasir.evaluate.Result;
import io.kvasir.evaluate.Row;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.experiment.ExperimentStore.Placed;
import io.kvasir.generate.Generators;
import io.kvasir.retrieve.Library;
import io.kvasir.retrieve.Retriever;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The use case: has what is to be asked planned and kept, and a runner do it. Methods return at
 * once.
 */
public final class ExperimentService implements Experiments, AutoCloseable {
  private final ExperimentStore store;
  private final ExperimentLimits limits;
  private final Planner planner;
  private final DatasetSources sources;
  private final ExperimentRunner runner;
  private final ExecutorService reading = Executors.newSingleThreadExecutor();

  /**
   * Begins to look for experiments to do.
   *
   * @param store where they are kept
   * @param marked where marked questions are kept
   * @param contrasts answers
   * @param generators the decoders
   * @param library where their documents go
   * @param retriever searches for them
   * @param encoders encode those; stay open until this is closed
   * @param sampling how tokens are chosen unless a row says otherwise
   * @param conditions what is set
   */
  public ExperimentService(
      ExperimentStore store,
      MarkedStore marked,
      Contrasts contrasts,
      Generators generators,
      Library library,
      Retriever retriever,
      Encoders encoders,
      Sampling sampling,
      Conditions conditions,
      ExperimentLimits limits) {
    this.store = store;
    this.limits = limits;
    ExperimentDesign design = new ExperimentDesign(contrasts.paths());
    this.planner =
        new Planner(
            design, generators, encoders, retriever, contrasts.limits(), sampling, conditions);
    this.sources = new DatasetSources(library, marked, reading, limits.dataset());
    GoldProbability gold = new GoldProbability(generators);
    ProcessorShares processors = ProcessorShares.ofProcess();
    QuestionSearch search = new QuestionSearch(processors, retriever);
    this.runner =
        new ExperimentRunner(
            store,
            new ContextCollection(library, encoders, store),
            experiment -> new QuestionRun(processors, search, contrasts, gold, experiment),
            design,
            limits.together());
  }

  @Override
  public Future<Experiment> create(Workspace workspace, DatasetSource dataset, Order order) {
    return sources
        .read(workspace, dataset, order.columns())
        .map(read -> planner.prepare(read, order))
        .compose(planner::plan)
        .compose(
            planned ->
                store.add(
                    workspace,
                    planned.plan(),
                    planned.dataset().documents(),
                    planned.dataset().questions(),
                    planned.total()));
  }

  @Override
  public Future<List<Experiment>> list(Workspace workspace) {
    return store.list(workspace, limits.listed());
  }

  @Override
  public Future<Experiment> get(Workspace workspace, String id) {
    return store.get(workspace, id);
  }

  @Override
  public Future<Whole> whole(Workspace workspace, String id) {
    return store
        .get(workspace, id)
        .compose(
            experiment ->
                store
                    .questions(id)
                    .compose(
                        questions ->
                            store
                                .results(id)
                                .map(
                                    placed ->
                                        new Whole(
                                            experiment,
                                            questions,
                                            placed.stream().map(Placed::result).toList()))));
  }

  @Override
  public Future<Void> cancel(Workspace workspace, String id) {
    return store.cancel(workspace, id);
  }

  @Override
  public Future<Void> resume(Workspace workspace, String id) {
    return store.resume(workspace, id);
  }

  @Override
  public Future<Integer> merge(
      Workspace workspace, String id, String checksum, List<Result> results) {
    return store
        .get(workspace, id)
        .compose(
            experiment ->
                experiment.plan().checksum().equals(checksum)
                    ? store
                        .questions(id)
                        .compose(
                            questions ->
                                store.merge(
                                    workspace,
                                    id,
                                    placed(results, questions, experiment.plan().rows())))
                    : Future.failedFuture(
                        new ProblemException(
                            Kind.CONFLICT,
                            "these results are of an experiment with the checksum %s, this one has %s: another dataset, other rows, settings, decoders or encoder"
                                .formatted(checksum, experiment.plan().checksum()))));
  }

  private static List<Placed> placed(
      List<Result> results, List<LabelledQuestion> questions, List<Row> rows) {
    Map<String, Integer> questionPlaces = new HashMap<>();
    questions.forEach(each -> questionPlaces.put(each.id(), questionPlaces.size()));
    Map<String, Integer> rowPlaces = new HashMap<>();
    rows.forEach(each -> rowPlaces.put(each.name(), rowPlaces.size()));
    List<Placed> placed = new ArrayList<>();
    for (Result result : results) {
      Integer question = questionPlaces.get(result.question());
      Integer row = rowPlaces.get(result.row());
      if (question == null || row == null) {
        throw new ProblemException(
            Kind.INVALID,
            "there is no question '%s' with a row '%s' in this experiment"
                .formatted(result.question(), result.row()));
      }
      // Its contrast is on the other machine.
      placed.add(
          new Placed(
              question,
              row,
              new Result(
                  result.question(),
                  result.row(),
                  null,
                  result.answer(),
                  result.ended(),
                  result.values())));
    }
    return placed;
  }

  @Override
  public Future<Void> delete(Workspace workspace, String id) {
    return store.delete(workspace, id);
  }

  /** Asks nothing more; what is asked may end. Returns at once. */
  public void stop() {
    runner.stop();
  }

  /** Stops what runs; another server, or this one started again, goes on with it. */
  @Override
  public void close() {
    runner.close();
    reading.shutdown();
  }
}
