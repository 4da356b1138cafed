package io.kvasir.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.Hit;
import io.kvasir.core.Hits;
import io.kvasir.core.Passage;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.onnx.OnnxCrossEncoder;
import io.kvasir.onnx.TinyCrossEncoder;
import io.kvasir.retrieve.Retriever;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first passages of a search in a cross-encoder's order, with what they were before. */
final class RerankingRetrieverTest {
  /** What a search finds, best first; the cross-encoder likes the sea best. */
  private static final List<String> FOUND =
      List.of("blue fish", "red", "the sea", "blue", "the red fish in the sea");

  @TempDir Path folder;
  private OnnxCrossEncoder model;

  @BeforeEach
  void open() throws Exception {
    TinyCrossEncoder.write(folder);
    model = OnnxCrossEncoder.open(folder, 1);
  }

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void theFirstOnesAreReorderedAndTheOthersStay() throws Exception {
    Retriever.Retrieval found = find(retriever(Hit.CROSS_ENCODER, 3), 5);
    assertThat(texts(found))
        .containsExactly("the sea", "blue fish", "red", "blue", "the red fish in the sea");
    assertThat(found.hits()).extracting(Hit::rank).containsExactly(1, 2, 3, 4, 5);
    Hit first = found.hits().get(0);
    assertThat(first.lists().get(Hit.FUSED)).isEqualTo(new Hit.Listed(0.3, 3));
    assertThat(first.lists().get(Hit.CROSS_ENCODER).place()).isEqualTo(1);
    assertThat(first.score()).as("still the fused one").isEqualTo(0.3);
    assertThat(found.hits().get(3).lists())
        .as("not looked at")
        .containsKey(Hit.FUSED)
        .doesNotContainKey(Hit.CROSS_ENCODER);
    Trace.Reranking said = found.reranking();
    assertThat(said).isNotNull();
    assertThat(said.by()).isEqualTo(Hit.CROSS_ENCODER);
    assertThat(said.candidates()).isEqualTo(3);
    assertThat(found.milliseconds()).isGreaterThan(found.encodeMs() + found.searchMs());
  }

  @Test
  void moreAreLookedAtThanAreWanted() throws Exception {
    assertThat(texts(find(retriever(Hit.CROSS_ENCODER, 5), 1)))
        .containsExactly("the red fish in the sea");
  }

  @Test
  void nobodyRerankswhereNothingIsSetAndOneQuestionMayChoose() throws Exception {
    Retriever retriever = retriever(Retriever.AS_FUSED, 5);
    assertThat(texts(find(retriever, 5))).isEqualTo(FOUND);
    assertThat(find(retriever, 5).reranking()).isNull();
    assertThat(texts(find(retriever.rerankedBy(Hit.CROSS_ENCODER), 2)))
        .containsExactly("the red fish in the sea", "the sea");
    assertThat(texts(find(retriever(Hit.CROSS_ENCODER, 5).rerankedBy(Retriever.AS_FUSED), 5)))
        .isEqualTo(FOUND);
    assertThatThrownBy(() -> retriever.rerankedBy(Hit.HEADS))
        .hasMessageContaining("there is no reranker 'heads' here");
  }

  private Retriever retriever(String standard, int candidates) {
    return new RerankingRetriever(
        new Found(),
        List.of(new CrossEncoderReranker(model)),
        new RerankOptions(standard, candidates, Optional.of(folder)));
  }

  private static Retriever.Retrieval find(Retriever retriever, int k) throws Exception {
    return retriever
        .retrieve(Workspace.ONLY, "any", Scope.ALL, "red fish", k)
        .toCompletionStage()
        .toCompletableFuture()
        .get();
  }

  private static List<String> texts(Retriever.Retrieval found) {
    return found.hits().stream().map(hit -> hit.passage().value()).toList();
  }

  /** A search that finds them in that order. */
  private static final class Found implements Retriever {
    @Override
    public Future<Retrieval> retrieve(
        Workspace workspace, String collection, Scope scope, String question, int k) {
      List<Hit> hits = new ArrayList<>();
      for (String text : FOUND.subList(0, Math.min(k, FOUND.size()))) {
        int rank = hits.size() + 1;
        Passage passage =
            new Passage(rank, 1, "a.txt", "A", rank, "", null, 0, text.length(), text, text);
        hits.add(Hits.of(passage, rank, rank / 10.0, 0.5, 1.0));
      }
      return Future.succeededFuture(
          new Retrieval(question, "letters", 0.4, true, new float[] {1}, hits, 1, 2, null));
    }
  }
}
