package io.kvasir.contrast;

import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where traces are kept. */
public interface ContrastStore {
  /**
   * A line of the history.
   *
   * @param id the contrast
   * @param createdAt when it was asked
   * @param status how far it came
   * @param conversation what it belongs to
   * @param question the user's text
   * @param collection its collection, or null
   * @param model the decoder's name
   */
  record Summary(
      String id,
      Instant createdAt,
      Trace.Status status,
      String conversation,
      String question,
      @Nullable String collection,
      String model) {}

  /**
   * Stores a trace, in place of an earlier state of the same id.
   *
   * @param experiment which one asked; null if a person did, who finds it in the history then
   */
  Future<Void> save(Workspace workspace, Trace trace, @Nullable String experiment);

  /** Stores the trace of what a person asked. */
  default Future<Void> save(Workspace workspace, Trace trace) {
    return save(workspace, trace, null);
  }

  /** The trace of that id; NOT_FOUND if there is none. */
  Future<Trace> get(Workspace workspace, String id);

  /**
   * The traces of a conversation, oldest first, at most {@code limit}, the newest ones; also those
   * that it branched off behind.
   */
  Future<List<Trace>> conversation(Workspace workspace, String conversation, int limit);

  /**
   * Lines of the history, newest first.
   *
   * @param search words the question must contain; null for all
   * @param before only older ones; null for the newest
   * @param limit the most lines
   */
  Future<List<Summary>> list(
      Workspace workspace, @Nullable String search, @Nullable Instant before, int limit);

  /** Deletes a trace; NOT_FOUND if there is none. */
  Future<Void> delete(Workspace workspace, String id);
}
