package io.kvasir.rerank;

import io.kvasir.core.Hit;
import io.kvasir.core.Passage;
import io.kvasir.encode.CrossEncoder;
import io.vertx.core.Future;
import java.util.List;

/** Reranks by a model that reads the question and a passage together and gives one number. */
public final class CrossEncoderReranker implements Reranker {
  private final CrossEncoder model;

  /** A reranker; the model stays its opener's. */
  public CrossEncoderReranker(CrossEncoder model) {
    this.model = model;
  }

  @Override
  public String name() {
    return Hit.CROSS_ENCODER;
  }

  @Override
  public Future<List<Double>> scores(String question, List<Passage> passages) {
    return Future.fromCompletionStage(
        model.scores(question, passages.stream().map(Passage::value).toList()));
  }
}
