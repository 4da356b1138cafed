package io.kvasir.contrast.path;

import io.kvasir.core.Hit;
import io.kvasir.core.Passage;
import io.kvasir.core.ScopeSelection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was gathered for the paths of a contrast, once for all.
 *
 * @param hits what retrieval found, best first
 * @param scoped the scope's passages in document order, as many as were read
 * @param scopeSize how many passages the scope has
 * @param encoding what retrieval's encoder can tell
 * @param selection what of it is read
 */
public record Material(
    List<Hit> hits, List<Passage> scoped, int scopeSize, Encoding encoding, Selection selection) {
  /**
   * What an encoder can tell of a question and passages.
   *
   * @param relevantCosine the least cosine of a hit that is about what was asked
   * @param spoken whether it was trained for the languages of both
   */
  public record Encoding(double relevantCosine, boolean spoken) {}

  /**
   * How much is read, and in which order.
   *
   * @param k the most passages that retrieval puts into a prompt
   * @param nearness share of the best hit's score, by meaning or by words, that the others need
   * @param order in which the passages that retrieval ranked are read
   * @param budget the most tokens of passages
   * @param scope what is read whole of a scope that does not fit
   */
  public record Selection(
      int k, double nearness, ReadingOrder order, int budget, ScopeSelection scope) {}

  /** What repeats its document's name and says nothing else is no material. */
  public Material {
    hits = hits.stream().filter(hit -> !onlyNames(hit.passage())).toList();
    int all = scoped.size();
    scoped = scoped.stream().filter(passage -> !onlyNames(passage)).toList();
    scopeSize -= all - scoped.size();
  }

  private static boolean onlyNames(Passage passage) {
    String text = passage.value().strip();
    return text.equals(passage.document()) || text.equals(passage.title());
  }

  /** The first hits, whether they are near or not. */
  List<Hit> first() {
    return hits.stream().limit(selection.k()).toList();
  }

  /**
   * The hits that retrieval puts into a prompt, if there is room: of the first ones those that are
   * about as near to the question as the nearest in one of the lists, by meaning or by words. A
   * decoder answers the worse, the more passages beside the right one it reads; one that is far
   * behind by all measures is hardly ever the right one. The first one always is among them.
   */
  List<Hit> near() {
    List<Hit> first = first();
    if (selection.nearness() == 0) {
      return first;
    }
    Map<String, Double> best = new HashMap<>();
    for (Hit hit : first) {
      hit.lists().forEach((name, listed) -> best.merge(name, listed.score(), Math::max));
    }
    return first.stream().filter(hit -> hit.rank() == 1 || isNear(hit, best)).toList();
  }

  /** Whether a hit is about what was asked, and not just the nearest there is. */
  boolean isRelevant(Hit hit) {
    Double cosine = hit.dense();
    return cosine != null && cosine >= encoding.relevantCosine();
  }

  private boolean isNear(Hit hit, Map<String, Double> best) {
    return hit.lists().entrySet().stream()
        .filter(listed -> Hit.isSearch(listed.getKey()))
        .anyMatch(
            listed ->
                listed.getValue().score()
                    >= selection.nearness() * Math.max(0, best.getOrDefault(listed.getKey(), 0.0)));
  }
}
