package io.kvasir.retrieve;

import io.kvasir.core.Hit;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the passages of a collection that a question is about. */
public interface Retriever {
  /** The most characters of a text that is searched with. */
  int LONGEST_TEXT = 20_000;

  /** What a reranker is called that leaves everything as the fusion has it. */
  String AS_FUSED = "none";

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
   * @param reranking what put the first of them in another order; null if nothing did
   */
  record Retrieval(
      String searched,
      String encoder,
      double relevantCosine,
      boolean spoken,
      float[] embedding,
      List<Hit> hits,
      double encodeMs,
      double searchMs,
      Trace.@Nullable Reranking reranking) {
    /** The same with hits in another order. */
    public Retrieval reranked(List<Hit> ordered, Trace.Reranking by) {
      return new Retrieval(
          searched, encoder, relevantCosine, spoken, embedding, ordered, encodeMs, searchMs, by);
    }

    /** The same with so many hits at the most. */
    public Retrieval first(int k) {
      return new Retrieval(
          searched,
          encoder,
          relevantCosine,
          spoken,
          embedding,
          hits.stream().limit(k).toList(),
          encodeMs,
          searchMs,
          reranking);
    }

    /** How long all of it took. */
    public double milliseconds() {
      return encodeMs + searchMs + (reranking == null ? 0 : reranking.milliseconds());
    }
  }

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

  /** How it makes one list of several. */
  default Fusion fusion() {
    return Fusion.DEFAULT;
  }

  /**
   * The same search with another reranker than everybody gets.
   *
   * @param reranker its name; {@link #AS_FUSED} for none
   * @throws ProblemException INVALID if there is none of that name
   */
  default Retriever rerankedBy(String reranker) {
    if (reranker.equals(AS_FUSED)) {
      return this;
    }
    throw new ProblemException(
        ProblemException.Kind.INVALID,
        "there is no reranker '%s' here; retrieve.cross-encoder names the folder of one"
            .formatted(reranker));
  }
}
