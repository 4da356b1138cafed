package io.kvasir.encode;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An encoder that is loaded when it is used for the first time, so that one that nobody chose takes
 * neither time nor memory. What cannot be loaded is tried again the next time. Callable from any
 * thread; {@link #countTokens} and {@link #vocabulary} wait for the loading.
 */
public final class DeferredEncoder implements Encoder {
  private final Description description;
  private final Supplier<Encoder> loading;
  private @Nullable CompletableFuture<Encoder> loaded;
  private boolean closed;

  /**
   * One that is not loaded.
   *
   * @param description what it will be
   * @param loading loads it; blocks
   */
  public DeferredEncoder(Description description, Supplier<Encoder> loading) {
    this.description = description;
    this.loading = loading;
  }

  private synchronized CompletableFuture<Encoder> loaded() {
    if (closed) {
      return CompletableFuture.failedFuture(EncodingThread.closed());
    }
    CompletableFuture<Encoder> before = loaded;
    if (before != null && !before.isCompletedExceptionally()) {
      return before;
    }
    CompletableFuture<Encoder> now = CompletableFuture.supplyAsync(loading);
    loaded = now;
    return now;
  }

  private Encoder waited() {
    try {
      return loaded().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** What a use of it brings, or its failure as it is. */
  private <T> CompletionStage<T> with(Function<Encoder, CompletionStage<T>> use) {
    CompletableFuture<T> result = new CompletableFuture<>();
    var unused =
        loaded()
            .thenCompose(use)
            .whenComplete(
                (value, failure) -> {
                  if (failure == null) {
                    result.complete(value);
                  } else {
                    Throwable cause = failure.getCause();
                    result.completeExceptionally(
                        failure instanceof CompletionException && cause != null ? cause : failure);
                  }
                });
    return result;
  }

  @Override
  public Description description() {
    return description;
  }

  @Override
  public int countTokens(String text) {
    return waited().countTokens(text);
  }

  @Override
  public CompletionStage<float[]> encodeQuestion(String question) {
    return with(encoder -> encoder.encodeQuestion(question));
  }

  @Override
  public CompletionStage<List<float[]>> encodePassages(List<String> texts) {
    List<String> copied = List.copyOf(texts);
    return with(encoder -> encoder.encodePassages(copied));
  }

  @Override
  public int vocabulary() {
    return waited().vocabulary();
  }

  @Override
  public CompletionStage<List<float[]>> encodeTokens(List<int[]> tokens) {
    List<int[]> copied = List.copyOf(tokens);
    return with(encoder -> encoder.encodeTokens(copied));
  }

  /** Waits for a loading that is under way; afterwards nothing is loaded any more. */
  @Override
  public void close() {
    CompletableFuture<Encoder> last;
    synchronized (this) {
      closed = true;
      last = loaded;
    }
    if (last != null) {
      last.handle((encoder, failure) -> encoder).thenAccept(DeferredEncoder::close).join();
    }
  }

  private static void close(@Nullable Encoder encoder) {
    if (encoder != null) {
      encoder.close();
    }
  }
}
