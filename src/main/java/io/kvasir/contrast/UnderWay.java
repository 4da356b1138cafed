package io.kvasir.contrast;

import io.kvasir.core.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is under way, up to a limit if there is one, and tells when nothing is. Safe from any
 * thread.
 */
final class UnderWay {
  private final @Nullable Limit limit;
  private int count;
  private Promise<Void> nothing = Promise.promise();

  /**
   * How many there can be.
   *
   * @param most at a time
   * @param full what the next one is told, which is refused as BUSY
   */
  record Limit(int most, String full) {}

  /** Nothing yet, and room for all that come: something else limits those. */
  UnderWay() {
    this(null);
  }

  /** Nothing yet, and no more than the limit at any time. */
  UnderWay(@Nullable Limit limit) {
    this.limit = limit;
    nothing.complete();
  }

  /**
   * Counts one more and begins it. One that fails on its way is counted out again; one that has
   * begun leaves by itself.
   *
   * @param begin begins it; fails as it does
   */
  <T> Future<T> enter(Supplier<Future<T>> begin) {
    synchronized (this) {
      if (limit != null && count >= limit.most()) {
        return Future.failedFuture(new ProblemException(ProblemException.Kind.BUSY, limit.full()));
      }
      if (count == 0) {
        nothing = Promise.promise();
      }
      count++;
    }
    return Future.<Void>succeededFuture()
        .compose(counted -> begin.get())
        .onFailure(failure -> leave())
        .recover(failure -> Future.failedFuture(unwrapped(failure)));
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  /** Counts one less. */
  void leave() {
    Promise<Void> last = null;
    synchronized (this) {
      count--;
      if (count == 0) {
        last = nothing;
      }
    }
    if (last != null) {
      last.tryComplete();
    }
  }

  /** How many there are. */
  synchronized int count() {
    return count;
  }

  /** Completes when there is nothing. */
  synchronized Future<Void> idle() {
    return nothing.future();
  }
}
