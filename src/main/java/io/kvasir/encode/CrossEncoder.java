package io.kvasir.encode;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reads a question and a passage together and says how well the one answers the other. */
public interface CrossEncoder extends AutoCloseable {
  /** The scores of passages, in order; higher is better. Callable from any thread. */
  CompletionStage<List<Double>> scores(String question, List<String> passages);

  @Override
  void close();
}
