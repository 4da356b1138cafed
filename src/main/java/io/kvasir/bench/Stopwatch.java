package io.kvasir.bench;

import io.kvasir.generate.GenerationEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Notes when the tokens of one generation come. */
final class Stopwatch implements Consumer<GenerationEvent> {
  private final long begin = System.nanoTime();
  private final List<Long> tokens = new ArrayList<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  @Override
  public void accept(GenerationEvent event) {
    if (event instanceof GenerationEvent.Token) {
      tokens.add(System.nanoTime());
    } else if (event instanceof GenerationEvent.Finished) {
      end.complete(null);
    } else if (event instanceof GenerationEvent.Failed failed) {
      end.completeExceptionally(failed.problem());
    }
  }

  void await() {
    end.join();
  }

  /** From the request to the first token. */
  double firstTokenSeconds() {
    return tokens.isEmpty() ? Double.NaN : (tokens.get(0) - begin) / 1e9;
  }

  /** Between two tokens; the first, of the prompt's own pass, does not count. */
  double medianStepSeconds() {
    double[] steps = new double[Math.max(1, tokens.size() - 1)];
    for (int i = 0; i + 1 < tokens.size(); i++) {
      steps[i] = (tokens.get(i + 1) - tokens.get(i)) / 1e9;
    }
    return EngineBench.median(steps);
  }
}
