package io.kvasir.contrast;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Counts what is under way, up to a limit, and tells when nothing is. Safe from any thread. */
final class UnderWay {
  private int count;
  private Promise<Void> nothing = Promise.promise();

  UnderWay() {
    nothing.complete();
  }

  /**
   * Counts one more.
   *
   * @param limit the most at a time
   * @return whether there was room
   */
  synchronized boolean enter(int limit) {
    if (count >= limit) {
      return false;
    }
    if (count == 0) {
      nothing = Promise.promise();
    }
    count++;
    return true;
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
