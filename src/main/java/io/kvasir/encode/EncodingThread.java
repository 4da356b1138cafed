package io.kvasir.encode;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The one thread an encoder runs on, with two bounded queues: a question never waits for more than
 * the batch of passages that runs. Methods are callable from any thread.
 */
public final class EncodingThread implements AutoCloseable {
  /** The most questions that wait. */
  public static final int MAX_WAITING_QUESTIONS = 256;

  /** The most requests for passages that wait. */
  public static final int MAX_WAITING_REQUESTS = 256;

  private final Deque<Runnable> questions = new ArrayDeque<>();
  private final Deque<Runnable> requests = new ArrayDeque<>();
  private final Deque<Runnable> batches = new ArrayDeque<>();

  /** What somebody waits for, by number: who is still among them when it is closed is told so. */
  private final Map<Long, CompletableFuture<?>> promised = new ConcurrentHashMap<>();

  private final AtomicLong promises = new AtomicLong();
  private final Thread thread;
  private boolean closed;

  /** Starts the thread. */
  public EncodingThread(String name) {
    thread = new Thread(this::work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** What a request brings; fails as UNAVAILABLE if this is closed before. */
  public <T> CompletableFuture<T> promise() {
    CompletableFuture<T> promise = new CompletableFuture<>();
    Long number = promises.incrementAndGet();
    promised.put(number, promise);
    var unused = promise.whenComplete((value, failure) -> promised.remove(number));
    return promise;
  }

  /** Queues a question; BUSY if too many wait. */
  public void question(Runnable work) {
    add(questions, work, MAX_WAITING_QUESTIONS);
  }

  /** Queues a request for passages; BUSY if too many wait. It may add {@link #batch}es. */
  public void request(Runnable work) {
    add(requests, work, MAX_WAITING_REQUESTS);
  }

  /** Queues a batch of the request that runs, before any other request. */
  public void batch(Runnable work) {
    add(batches, work, Integer.MAX_VALUE);
  }

  /** Finishes what runs, waits for the thread's end, and says so to whoever waits. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive() && Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        // The native session must not be closed under its thread; the interrupt is kept for later.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    ProblemException reason = closed();
    promised.values().forEach(promise -> promise.completeExceptionally(reason));
  }

  /** What is told to whoever asks one that is closed, or waited when it was. */
  static ProblemException closed() {
    return new ProblemException(Kind.UNAVAILABLE, "the encoder is closed; Kvasir is stopping");
  }

  private synchronized void add(Deque<Runnable> queue, Runnable work, int limit) {
    if (closed) {
      throw closed();
    }
    if (queue.size() >= limit) {
      throw new ProblemException(
          Kind.BUSY, "%d requests wait for the encoder; try again in a moment".formatted(limit));
    }
    queue.add(work);
    notifyAll();
  }

  private void work() {
    for (Runnable next = next(); next != null; next = next()) {
      next.run();
    }
  }

  private synchronized @Nullable Runnable next() {
    while (!closed) {
      for (Deque<Runnable> queue : java.util.List.of(questions, batches, requests)) {
        Runnable work = queue.poll();
        if (work != null) {
          return work;
        }
      }
      try {
        wait();
      } catch (InterruptedException e) {
        // Only close() ends this thread; nobody else has a handle to interrupt it with.
        closed = true;
      }
    }
    return null;
  }
}
