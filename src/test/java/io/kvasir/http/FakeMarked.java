package io.kvasir.http;

import io.kvasir.core.ProblemException;
import io.kvasir.core.Workspace;
import io.kvasir.experiment.MarkedQuestion;
import io.kvasir.experiment.MarkedStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Marked questions in memory. */
final class FakeMarked implements MarkedStore {
  private final Map<String, MarkedQuestion> all = new ConcurrentHashMap<>();

  @Override
  public Future<MarkedQuestion> mark(Workspace workspace, MarkedQuestion marked, int most) {
    return Future.succeededFuture(all.merge(marked.id(), marked, MarkedQuestion::and));
  }

  @Override
  public Future<List<MarkedQuestion>> list(Workspace workspace) {
    return Future.succeededFuture(List.copyOf(all.values()));
  }

  @Override
  public Future<Void> delete(Workspace workspace, String id) {
    return all.remove(id) == null
        ? Future.failedFuture(
            new ProblemException(ProblemException.Kind.NOT_FOUND, "there is no " + id))
        : Future.succeededFuture();
  }
}
