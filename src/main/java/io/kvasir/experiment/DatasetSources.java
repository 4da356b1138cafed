package io.kvasir.experiment;

import io.kvasir.core.ProblemException;
import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.kvasir.evaluate.dataset.ColumnMapping;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.DatasetLimits;
import io.kvasir.evaluate.dataset.DatasetReader;
import io.kvasir.evaluate.dataset.SectionQuestions;
import io.kvasir.retrieve.Library;
import io.vertx.core.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Reads datasets from wherever they come. Returns at once. */
final class DatasetSources {
  private final Library library;
  private final MarkedStore marked;
  private final Executor reading;
  private final DatasetLimits limits;

  /**
   * Sources.
   *
   * @param reading may block
   */
  DatasetSources(Library library, MarkedStore marked, Executor reading, DatasetLimits limits) {
    this.library = library;
    this.marked = marked;
    this.reading = reading;
    this.limits = limits;
  }

  /**
   * All questions of a source.
   *
   * @param columns for tables: which column holds what
   */
  Future<Dataset> read(Workspace workspace, DatasetSource source, ColumnMapping columns) {
    if (source instanceof DatasetSource.Files files) {
      return blocking(() -> DatasetReader.read(files.path(), columns, limits));
    }
    if (source instanceof DatasetSource.Headings headings) {
      return headings(workspace, headings.collection());
    }
    return marked.list(workspace).map(MarkedQuestion::dataset);
  }

  private Future<Dataset> headings(Workspace workspace, String name) {
    return library
        .collection(workspace, name)
        .compose(
            collection ->
                library
                    .passages(workspace, name, Scope.ALL, limits.maxRecords())
                    .compose(
                        passages ->
                            blocking(
                                () ->
                                    SectionQuestions.dataset(
                                        name, collection.language(), passages, limits))));
  }

  private <T> Future<T> blocking(Supplier<T> work) {
    return Future.fromCompletionStage(CompletableFuture.supplyAsync(work, reading))
        .recover(failure -> Future.failedFuture(unwrapped(failure)));
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause instanceof ProblemException ? cause : failure;
  }
}
