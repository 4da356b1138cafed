package io.kvasir.retrieve;

import io.kvasir.core.Hit;
import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import java.util.List;

/** Finds the passages of a collection that a question is about. */
public interface Retriever {
  /** The most characters of a text that is searched with. */
  int LONGEST_TEXT = 20_000;

  /**
   * What a search found and how.
   *
   * @param searched the text that was searched with
   * @param encoder the encoder's name
   * @param relevantCosine the least cosine of what the encoder takes for relevant
   * @param spoken whether the encoder was trained for the collection's language and the question's
   * @param embedding the question's embedding, unit length
   * @param hits best first; empty if nothing was found
   * @param encodeMs time to encode the question
   * @param searchMs time to search
   */
  record Retrieval(
      String searched,
      String encoder,
      double relevantCosine,
      boolean spoken,
      float[] embedding,
      List<Hit> hits,
      double encodeMs,
      double searchMs) {}

  /**
   * Searches by meaning and by words, fused as a {@link Fusion} says.
   *
   * @param collection its name
   * @param scope where to search
   * @param question the text to search with; a longer one than {@link #LONGEST_TEXT} is TOO_LARGE
   * @param k the most hits
   */
  Future<Retrieval> retrieve(
      Workspace workspace, String collection, Scope scope, String question, int k);
}
