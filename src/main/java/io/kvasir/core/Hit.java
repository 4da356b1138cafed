package io.kvasir.core;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A passage that retrieval found.
 *
 * @param passage what was found
 * @param rank its place, from 1
 * @param score fused of its places in all lists; higher is better
 * @param lists where it stands in each list that has it, by the lists' names
 */
public record Hit(Passage passage, int rank, double score, Map<String, Listed> lists) {
  /** The list of what is near by meaning; its score is the cosine of both embeddings, -1 to 1. */
  public static final String DENSE = "dense";

  /** The list of what has the same words; its score is BM25. */
  public static final String LEXICAL = "lexical";

  /**
   * The place that the fusion gave it, where a reranker changed that; its score is the fused one.
   */
  public static final String FUSED = "fused";

  /** The order by a decoder's heads; its score is what the question attended to more than "N/A". */
  public static final String HEADS = "heads";

  /** The order by a cross-encoder; its score is that model's own. */
  public static final String CROSS_ENCODER = "cross-encoder";

  private static final Set<String> ORDERS = Set.of(FUSED, HEADS, CROSS_ENCODER);

  /** Copies what it is made of. */
  public Hit {
    lists = Collections.unmodifiableMap(new TreeMap<>(lists));
  }

  /**
   * A passage's place in one list.
   *
   * @param score by the list's own measure; higher is better
   * @param place from 1; equals share one; null in what was stored before places were
   */
  public record Listed(double score, @Nullable Integer place) {}

  /** Whether a list is a search's: others order what was found, and say nothing of nearness. */
  public static boolean isSearch(String list) {
    return !ORDERS.contains(list);
  }

  /** Its cosine; null if it was not among those found by meaning. */
  public @Nullable Double dense() {
    return score(DENSE);
  }

  /** Its BM25; null if it was not among those found by words. */
  public @Nullable Double lexical() {
    return score(LEXICAL);
  }

  private @Nullable Double score(String list) {
    Listed listed = lists.get(list);
    return listed == null ? null : listed.score();
  }
}
