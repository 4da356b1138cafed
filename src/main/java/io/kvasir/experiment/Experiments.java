package io.kvasir.experiment;

import io.kvasir.core.Workspace;
import io.kvasir.evaluate.Result;
import io.kvasir.evaluate.dataset.ColumnMapping;
import io.kvasir.evaluate.dataset.Half;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Experiments as their callers see them. */
public interface Experiments {
  /**
   * What an experiment is to be.
   *
   * @param name for people; null for the dataset's
   * @param language of the questions; null to find out
   * @param paths wire names of paths, {@code oracle} and {@code search}
   * @param matrix for each factor the values to try, every one with every other
   * @param half which questions
   * @param sample how many of those, drawn by the seed; null for all
   * @param seed of drawing questions and tokens
   * @param columns for tables: which column holds what
   */
  record Order(
      @Nullable String name,
      @Nullable String language,
      List<String> paths,
      Map<Factor, List<String>> matrix,
      Half half,
      @Nullable Integer sample,
      long seed,
      ColumnMapping columns) {}

  /**
   * Everything there is of an experiment.
   *
   * @param experiment how far it is
   * @param questions what is asked, in order
   * @param results what came of it
   */
  record Whole(Experiment experiment, List<LabelledQuestion> questions, List<Result> results) {}

  /**
   * Begins an experiment; completes when a crash cannot lose it.
   *
   * @param dataset where its questions come from
   */
  Future<Experiment> create(Workspace workspace, DatasetSource dataset, Order order);

  /** The last experiments, newest first. */
  Future<List<Experiment>> list(Workspace workspace);

  /** An experiment; NOT_FOUND if there is none. */
  Future<Experiment> get(Workspace workspace, String id);

  /** An experiment with its questions and results. */
  Future<Whole> whole(Workspace workspace, String id);

  /** Stops an experiment; what is answered stays. */
  Future<Void> cancel(Workspace workspace, String id);

  /** Goes on with a stopped or failed one. */
  Future<Void> resume(Workspace workspace, String id);

  /**
   * Adds what another machine answered of the same experiment.
   *
   * @param checksum of its plan; CONFLICT if it is another one's
   * @return how many results were new
   */
  Future<Integer> merge(Workspace workspace, String id, String checksum, List<Result> results);

  /** Deletes an experiment with its contrasts; its collection stays. */
  Future<Void> delete(Workspace workspace, String id);
}
