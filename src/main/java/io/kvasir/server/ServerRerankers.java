package io.kvasir.server;

import io.kvasir.config.Settings;
import io.kvasir.encode.CrossEncoder;
import io.kvasir.generate.Generators;
import io.kvasir.onnx.OnnxCrossEncoder;
import io.kvasir.rerank.CrossEncoderReranker;
import io.kvasir.rerank.HeadReranker;
import io.kvasir.rerank.RerankOptions;
import io.kvasir.rerank.Reranker;
import io.kvasir.rerank.RerankingRetriever;
import io.kvasir.retrieve.Retriever;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The rerankers of a server: the default decoder's heads, and a cross-encoder where one is set.
 *
 * @param closing what is to be closed, the last one first
 */
record ServerRerankers(Vertx vertx, Deque<Supplier<Future<?>>> closing, Settings settings) {
  /** Threads of a cross-encoder's pass, as of an encoder's. */
  private static final int THREADS = 2;

  /**
   * A search with them to choose from.
   *
   * @param worker makes prompts; its threads may block
   */
  Retriever over(Retriever fused, Generators decoders, Executor worker) {
    RerankOptions options = RerankOptions.of(settings);
    List<Reranker> rerankers = new ArrayList<>();
    rerankers.add(new HeadReranker(decoders, worker));
    Optional<Path> folder = options.crossEncoder();
    if (folder.isPresent()) {
      CrossEncoder model = OnnxCrossEncoder.open(folder.get(), THREADS);
      closing.push(
          () ->
              vertx.executeBlocking(
                  () -> {
                    model.close();
                    return null;
                  },
                  false));
      rerankers.add(new CrossEncoderReranker(model));
    }
    return new RerankingRetriever(fused, rerankers, options);
  }
}
