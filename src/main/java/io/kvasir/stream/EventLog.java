package io.kvasir.stream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/**
 * An append-only sequence of events that any number of readers follow at their own pace, from any
 * place: a slow reader holds nobody up, a late one misses nothing. Bounded by its writer, which
 * ends. Safe to use from any thread.
 *
 * @param <E> the type of event
 */
public final class EventLog<E> {
  private final List<E> events = new ArrayList<>();
  private final Promise<Integer> end = Promise.promise();
  private Promise<Void> change = Promise.promise();
  private boolean closed;

  /** Adds an event; ignored once closed. */
  public void append(E event) {
    Promise<Void> changed;
    synchronized (this) {
      if (closed) {
        return;
      }
      events.add(event);
      changed = change;
      change = Promise.promise();
    }
    changed.complete();
  }

  /** Says that no event follows. Idempotent. */
  public void close() {
    Promise<Void> changed;
    int size;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      changed = change;
      size = events.size();
    }
    end.complete(size);
    changed.complete();
  }

  /** How many events there are. */
  public synchronized int size() {
    return events.size();
  }

  /** The event at an index from 0. */
  public synchronized E get(int index) {
    return events.get(index);
  }

  /** Whether every event there will be lies before the index. */
  public synchronized boolean endsAt(int index) {
    return closed && index >= events.size();
  }

  /** Completes with the number of events once no more follow; on the writer's thread. */
  public Future<Integer> ended() {
    return end.future();
  }

  /** Completes when there is an event at the index or the log is closed; on the writer's thread. */
  public synchronized Future<Void> reached(int index) {
    if (closed || index < events.size()) {
      return Future.succeededFuture();
    }
    return change.future();
  }
}
