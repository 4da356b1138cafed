package io.kvasir.rerank;

import io.kvasir.core.Hit;
import io.kvasir.core.Hit.Listed;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Retriever;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A search whose first passages a reranker puts in its order; the others keep their places behind
 * them. A hit says where it stood before, and what the reranker thought of it, as places in lists
 * of those names.
 *
 * @param fused finds the candidates
 * @param candidates how many the reranker looks at
 */
record RerankedSearch(Retriever fused, Reranker reranker, int candidates) implements Retriever {
  @Override
  public Fusion fusion() {
    return fused.fusion();
  }

  @Override
  public Future<Retrieval> retrieve(
      Workspace workspace, String collection, Scope scope, String question, int k) {
    return fused
        .retrieve(workspace, collection, scope, question, Math.max(k, candidates))
        .compose(found -> found.hits().size() < 2 ? Future.succeededFuture(found) : rerank(found))
        .map(found -> found.first(k));
  }

  private Future<Retrieval> rerank(Retrieval found) {
    List<Hit> first = found.hits().stream().limit(candidates).toList();
    long start = System.nanoTime();
    return reranker
        .scores(found.searched(), first.stream().map(Hit::passage).toList())
        .map(
            scores ->
                found.reranked(
                    ordered(found.hits(), scores),
                    new Trace.Reranking(
                        reranker.name(), scores.size(), (System.nanoTime() - start) / 1e6)));
  }

  private List<Hit> ordered(List<Hit> hits, List<Double> scores) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, scores.size()).boxed().toList());
    // Stable: what it holds for alike stays as it was.
    order.sort(Comparator.comparingDouble(at -> -scores.get(at)));
    List<Hit> ordered = new ArrayList<>();
    for (int at : order) {
      Map<String, Listed> lists = new HashMap<>(before(hits.get(at)));
      int place = 1 + (int) scores.stream().filter(each -> each > scores.get(at)).count();
      lists.put(reranker.name(), new Listed(scores.get(at), place));
      ordered.add(placed(hits.get(at), ordered.size() + 1, lists));
    }
    for (Hit rest : hits.subList(scores.size(), hits.size())) {
      ordered.add(placed(rest, ordered.size() + 1, before(rest)));
    }
    return ordered;
  }

  private static Map<String, Listed> before(Hit hit) {
    Map<String, Listed> lists = new HashMap<>(hit.lists());
    lists.put(Hit.FUSED, new Listed(hit.score(), hit.rank()));
    return lists;
  }

  private static Hit placed(Hit hit, int rank, Map<String, Listed> lists) {
    return new Hit(hit.passage(), rank, hit.score(), lists);
  }
}
