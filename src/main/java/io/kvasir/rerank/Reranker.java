package io.kvasir.rerank;

import io.kvasir.core.Passage;
import io.vertx.core.Future;
import java.util.List;

/** Says how well passages answer a question, by looking at both together. */
public interface Reranker {
  /** By which it is chosen, and by which its scores are shown. */
  String name();

  /**
   * Scores of the passages, in order; higher is better. Fewer than there are passages if it cannot
   * look at more at a time.
   *
   * @param passages the best one first
   */
  Future<List<Double>> scores(String question, List<Passage> passages);
}
