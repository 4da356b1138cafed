package io.kvasir.memory;

import io.kvasir.core.Passage;
import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the passages of collections with a decoder, ahead of any question, and keeps their rows.
 */
public interface PassageReader {
  /**
   * The name of the decoder that somebody means.
   *
   * @param name null for the one that answers by default
   * @throws io.kvasir.core.ProblemException NOT_FOUND if there is none of that name, UNAVAILABLE if
   *     it is not loaded
   */
  String decoder(@Nullable String name);

  /** The next passages of a collection, by id, at most {@code limit}, behind {@code after}. */
  Future<List<Passage>> next(Workspace workspace, String collection, long after, int limit);

  /**
   * Reads a passage behind everything that is being answered, unless its rows are kept already.
   * UNAVAILABLE if the decoder is not loaded, TOO_LARGE if there is no room for more.
   *
   * @return whether they are kept now: not if the collection keeps none, or the passage is gone
   */
  Future<Boolean> keep(Workspace workspace, String collection, String decoder, Passage passage);
}
