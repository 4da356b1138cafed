package io.kvasir.http;

import io.kvasir.core.ProblemException;
import io.kvasir.core.Sampling;
import io.kvasir.core.Workspace;
import io.kvasir.evaluate.Measure;
import io.kvasir.evaluate.Result;
import io.kvasir.evaluate.Row;
import io.kvasir.evaluate.dataset.DatasetFacts;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.experiment.DatasetSource;
import io.kvasir.experiment.Experiment;
import io.kvasir.experiment.Experiment.State;
import io.kvasir.experiment.ExperimentPlan;
import io.kvasir.experiment.Experiments;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** One experiment that is complete, and what it was asked. */
final class FakeExperiments implements Experiments {
  static final String ID = "00000000-0000-0000-0000-00000000000e";
  static final String CHECKSUM = "c".repeat(64);

  private static final DatasetFacts FACTS =
      new DatasetFacts("animals", "en", 1, 1, 1, "all", List.of(), 0, "d".repeat(64));
  static final ExperimentPlan PLAN =
      new ExperimentPlan(
          "animals",
          FACTS,
          "eval-animals-01234567",
          List.of(new Row("rag", "rag", Map.of())),
          Sampling.GREEDY,
          "encoder tiny",
          CHECKSUM);

  final List<Order> orders = new CopyOnWriteArrayList<>();
  final List<String> files = new CopyOnWriteArrayList<>();
  final List<String> done = new CopyOnWriteArrayList<>();

  private static Experiment experiment() {
    return new Experiment(
        ID, Instant.parse("2026-11-30T09:00:00Z"), State.COMPLETE, null, PLAN, 1, 1, null);
  }

  @Override
  public Future<Experiment> create(Workspace workspace, DatasetSource dataset, Order order) {
    orders.add(order);
    try {
      files.add(
          dataset instanceof DatasetSource.Files written
              ? written.path().getFileName() + ": " + Files.readString(written.path())
              : dataset.toString());
    } catch (IOException failure) {
      return Future.failedFuture(failure);
    }
    return Future.succeededFuture(experiment());
  }

  @Override
  public Future<List<Experiment>> list(Workspace workspace) {
    return Future.succeededFuture(List.of(experiment()));
  }

  @Override
  public Future<Experiment> get(Workspace workspace, String id) {
    return id.equals(ID)
        ? Future.succeededFuture(experiment())
        : Future.failedFuture(
            new ProblemException(ProblemException.Kind.NOT_FOUND, "there is no experiment " + id));
  }

  @Override
  public Future<Whole> whole(Workspace workspace, String id) {
    return get(workspace, id)
        .map(
            found ->
                new Whole(
                    found,
                    List.of(
                        new LabelledQuestion(
                            "q1", "Who purrs?", List.of("the cat"), true, Map.of("d1", 1))),
                    List.of(
                        new Result(
                            "q1",
                            "rag",
                            FakeContrasts.CONTRAST,
                            "The cat.",
                            "stop",
                            Map.of(Measure.F1, 1.0)))));
  }

  @Override
  public Future<Void> cancel(Workspace workspace, String id) {
    return did("cancel", id);
  }

  @Override
  public Future<Void> resume(Workspace workspace, String id) {
    return did("resume", id);
  }

  @Override
  public Future<Integer> merge(
      Workspace workspace, String id, String checksum, List<Result> results) {
    return did("merge " + checksum, id).map(results.size());
  }

  @Override
  public Future<Void> delete(Workspace workspace, String id) {
    return did("delete", id);
  }

  private Future<Void> did(String what, String id) {
    return get(Workspace.ONLY, id)
        .map(
            found -> {
              done.add(what);
              return null;
            });
  }
}
