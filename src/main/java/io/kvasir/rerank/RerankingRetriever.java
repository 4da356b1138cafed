package io.kvasir.rerank;

import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Retriever;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** A search with rerankers to choose from, of which one may be what everybody gets. */
public final class RerankingRetriever implements Retriever {
  private final Retriever fused;
  private final List<Reranker> rerankers;
  private final int candidates;
  private final Retriever standard;

  /**
   * A retriever over another one.
   *
   * @param fused finds the candidates
   * @param rerankers that can be chosen
   * @param options how many they look at, and what everybody gets
   */
  public RerankingRetriever(Retriever fused, List<Reranker> rerankers, RerankOptions options) {
    this.fused = fused;
    this.rerankers = List.copyOf(rerankers);
    this.candidates = options.candidates();
    this.standard = rerankedBy(options.standard());
  }

  @Override
  public Fusion fusion() {
    return fused.fusion();
  }

  @Override
  public Future<Retrieval> retrieve(
      Workspace workspace, String collection, Scope scope, String question, int k) {
    return standard.retrieve(workspace, collection, scope, question, k);
  }

  @Override
  public Retriever rerankedBy(String reranker) {
    Optional<Reranker> found =
        rerankers.stream().filter(each -> each.name().equals(reranker)).findAny();
    return found.isPresent()
        ? new RerankedSearch(fused, found.get(), candidates)
        : fused.rerankedBy(reranker);
  }
}
