package io.kvasir.contrast;

import io.kvasir.core.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Counts what is under way, up to a limit, and tells when nothing is. Safe from any thread. */
final class UnderWay {
  private final int limit;
  private final String full;
  private int count;
  private Promise<Void> nothing = Promise.promise();

  /**
   * Nothing yet.
   *
   * @param limit the most at a time
   * @param full what the next one is told, which is refused as BUSY
   */
  UnderWay(int limit, String full) {
    this.limit = limit;
    this.full = full;
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
      if (count >= limit) {
        return Future.failedFuture(new ProblemException(ProblemException.Kind.BUSY, full));
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
