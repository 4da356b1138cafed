package io.kvasir.contrast.path;

import io.kvasir.core.Hit;
import io.kvasir.core.Passage;
import java.util.List;

/**
 * What was gathered for the paths of a contrast, once for all.
 *
 * @param hits what retrieval found, best first
 * @param scoped the scope's passages in document order, as many as were read
 * @param scopeSize how many passages the scope has
 * @param k the most passages that retrieval puts into a prompt
 * @param budget the most tokens of passages
 */
public record Material(List<Hit> hits, List<Passage> scoped, int scopeSize, int k, int budget) {
  /** The hits that retrieval puts into a prompt, if there is room. */
  List<Hit> first() {
    return hits.stream().limit(k).toList();
  }
}
