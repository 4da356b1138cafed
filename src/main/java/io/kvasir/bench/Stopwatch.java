package io.kvasir.bench;

import io.kvasir.generate.GenerationEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Notes when the tokens of one generation come. */
final class Stopwatch implements Consumer<GenerationEvent> {
  private final long begin = System.nanoTime();
  private final List<Long> times = new ArrayList<>();
  private final List<Integer> ids = new ArrayList<>();
  private final CompletableFuture<Void> answering = new CompletableFuture<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  @Override
  public synchronized void accept(GenerationEvent event) {
    if (event instanceof GenerationEvent.Token token) {
      times.add(System.nanoTime());
      ids.add(token.id());
      answering.complete(null);
    } else if (event instanceof GenerationEvent.Finished) {
      answering.complete(null);
      end.complete(null);
    } else if (event instanceof GenerationEvent.Failed failed) {
      answering.completeExceptionally(failed.problem());
      end.completeExceptionally(failed.problem());
    }
  }

  void await() {
    end.join();
  }

  /** Waits until it has its first token. */
  void awaitFirst() {
    answering.join();
  }

  /** The tokens that came. */
  synchronized int[] ids() {
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  /** From the request to the first token. */
  synchronized double firstTokenSeconds() {
    return times.isEmpty() ? Double.NaN : (times.get(0) - begin) / 1e9;
  }

  /** Between two tokens; the first, of the prompt's own pass, does not count. */
  double medianStepSeconds() {
    return Series.quantile(stepSeconds(Long.MIN_VALUE, Long.MAX_VALUE), 0.5);
  }

  /** From the first token to the last. */
  synchronized double answerSeconds() {
    return times.size() < 2 ? Double.NaN : (times.get(times.size() - 1) - times.get(0)) / 1e9;
  }

  /** What lay between tokens, of those that came after one time and began before another. */
  synchronized List<Double> stepSeconds(long after, long before) {
    List<Double> steps = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      if (times.get(i) > after && times.get(i - 1) < before) {
        steps.add((times.get(i) - times.get(i - 1)) / 1e9);
      }
    }
    return steps;
  }
}
