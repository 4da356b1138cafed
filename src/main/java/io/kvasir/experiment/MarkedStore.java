package io.kvasir.experiment;

import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import java.util.List;

/** Where marked questions are kept, for all servers alike. Callable from any thread. */
public interface MarkedStore {
  /**
   * Keeps a mark, together with those of the same question that are there.
   *
   * @param most how many questions there can be; TOO_LARGE if this would be one more
   */
  Future<MarkedQuestion> mark(Workspace workspace, MarkedQuestion marked, int most);

  /** All of them, in the order in which they were marked. */
  Future<List<MarkedQuestion>> list(Workspace workspace);

  /** Deletes one of them; NOT_FOUND if there is none. */
  Future<Void> delete(Workspace workspace, String id);
}
