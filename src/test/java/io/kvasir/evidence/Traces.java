package io.kvasir.evidence;

import io.kvasir.contrast.ContrastStore;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Traces in memory. */
final class Traces implements ContrastStore {
  private final Map<String, Trace> kept = new ConcurrentHashMap<>();

  @Override
  public Future<Void> save(Workspace workspace, Trace trace, @Nullable String experiment) {
    kept.put(trace.id(), trace);
    return Future.succeededFuture();
  }

  @Override
  public Future<Trace> get(Workspace workspace, String id) {
    Trace trace = kept.get(id);
    return trace == null
        ? Future.failedFuture(
            new ProblemException(ProblemException.Kind.NOT_FOUND, "no contrast " + id))
        : Future.succeededFuture(trace);
  }

  @Override
  public Future<List<Trace>> conversation(Workspace workspace, String conversation, int limit) {
    throw new AssertionError("evidence needs no conversation");
  }

  @Override
  public Future<List<Summary>> list(Workspace workspace, String search, Instant before, int limit) {
    throw new AssertionError("evidence lists nothing");
  }

  @Override
  public Future<Void> delete(Workspace workspace, String id) {
    throw new AssertionError("evidence deletes nothing");
  }
}
