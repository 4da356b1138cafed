package io.kvasir.core;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hits for tests, found by meaning, by words, or both. */
public final class Hits {
  private Hits() {}

  /** One whose places in the lists are its rank. */
  public static Hit of(
      Passage passage, int rank, double score, @Nullable Double dense, @Nullable Double lexical) {
    Map<String, Hit.Listed> lists = new HashMap<>();
    if (dense != null) {
      lists.put(Hit.DENSE, new Hit.Listed(dense, rank));
    }
    if (lexical != null) {
      lists.put(Hit.LEXICAL, new Hit.Listed(lexical, rank));
    }
    return new Hit(passage, rank, score, lists);
  }
}
