package io.kvasir.experiment;

import io.kvasir.core.Workspace;
import io.kvasir.evaluate.Result;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.evaluate.dataset.SourceDocument;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where experiments are kept, for all servers alike. Callable from any thread. */
public interface ExperimentStore {
  /** What became of an experiment while this server did it. */
  enum Standing {
    /** Go on. */
    OURS,
    /** Somebody asked for its end. */
    CANCELLED,
    /** It was deleted, or another server took it. */
    LOST
  }

  /** An experiment that this server is to do. */
  record Taken(Workspace workspace, String id, ExperimentPlan plan) {}

  /**
   * A result and where it belongs.
   *
   * @param question the question's place, from 0
   * @param row the row's place, from 0
   */
  record Placed(int question, int row, Result result) {}

  /** Keeps a new experiment; completes when a crash cannot lose it. */
  Future<Experiment> add(
      Workspace workspace,
      ExperimentPlan plan,
      List<SourceDocument> documents,
      List<LabelledQuestion> questions,
      int total);

  /** The last ones, newest first. */
  Future<List<Experiment>> list(Workspace workspace, int limit);

  /** One of them; NOT_FOUND if there is none. */
  Future<Experiment> get(Workspace workspace, String id);

  /** Takes the oldest experiment that no living server does, if there is one. */
  Future<Optional<Taken>> take();

  /** A stretch of an experiment's documents, in order. */
  Future<List<SourceDocument>> documents(String id, int from, int count);

  /** All of its questions, in order. */
  Future<List<LabelledQuestion>> questions(String id);

  /** All of its results, by question and row. */
  Future<List<Placed>> results(String id);

  /** Keeps results of a question, of which none replaces another. */
  Future<Standing> keep(String id, List<Placed> results);

  /** Keeps results that another machine made; how many were new. */
  Future<Integer> merge(Workspace workspace, String id, List<Placed> results);

  /** Says what this server's experiment waits for, null if for nothing. */
  Future<Standing> say(String id, @Nullable String message);

  /** Ends this server's part. */
  Future<Void> end(String id, Experiment.State state, @Nullable String message);

  /** Asks for its end. */
  Future<Void> cancel(Workspace workspace, String id);

  /** Lets it be taken again. */
  Future<Void> resume(Workspace workspace, String id);

  /** Deletes it. */
  Future<Void> delete(Workspace workspace, String id);
}
