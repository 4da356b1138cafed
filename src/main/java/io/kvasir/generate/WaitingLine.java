package io.kvasir.generate;

import io.kvasir.core.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Groups of sequences that wait to enter a batch, persons' before experiments', else first come,
 * first served, and the bound on how many there may be. Safe to call from any thread.
 */
final class WaitingLine {
  private final String decoder;
  private final int limit;
  private final Deque<List<Sequence>> groups = new ArrayDeque<>();
  private int present;
  private boolean woken;
  private boolean closed;

  /**
   * An empty line.
   *
   * @param decoder named in errors
   * @param limit the most sequences waiting and running
   */
  WaitingLine(String decoder, int limit) {
    this.decoder = decoder;
    this.limit = limit;
  }

  /**
   * Adds sequences that enter together.
   *
   * @throws ProblemException BUSY if there are too many already, UNAVAILABLE after closing
   */
  synchronized void add(List<Sequence> group) {
    if (closed) {
      throw unavailable(decoder);
    }
    if (present + group.size() > limit) {
      throw new ProblemException(
          ProblemException.Kind.BUSY,
          "%s is answering or has waiting %d sequences, the most it takes (engine.slots and engine.queue); try again in a moment"
              .formatted(decoder, present));
    }
    present += group.size();
    groups.add(List.copyOf(group));
    wake();
  }

  /** Notes that a sequence, waiting or running, has ended. */
  synchronized void left() {
    present--;
  }

  /** Makes {@link #await} return. */
  synchronized void wake() {
    woken = true;
    notifyAll();
  }

  /** Lets nobody in any more. */
  synchronized void close() {
    closed = true;
    wake();
  }

  /**
   * Waits until something may be to do.
   *
   * @param timeoutMillis the longest to wait, 0 for as long as it takes
   * @return whether the line is open
   */
  synchronized boolean await(long timeoutMillis) throws InterruptedException {
    long end = System.nanoTime() + timeoutMillis * 1_000_000;
    while (!woken && !closed) {
      long left = timeoutMillis == 0 ? 0 : (end - System.nanoTime()) / 1_000_000;
      if (timeoutMillis > 0 && left <= 0) {
        break;
      }
      wait(left);
    }
    woken = false;
    return !closed;
  }

  /** Whether it is open. */
  synchronized boolean open() {
    return !closed;
  }

  /**
   * The next group, if it has at most this many members; null otherwise. What persons wait for goes
   * first, and while one of those does not fit, nothing overtakes it.
   *
   * @param most of a person's group
   * @param mostExperimental of an experiment's
   */
  synchronized @Nullable List<Sequence> poll(int most, int mostExperimental) {
    List<Sequence> next = null;
    for (List<Sequence> group : groups) {
      if (next == null || !group.get(0).experimental()) {
        next = group;
      }
      if (!next.get(0).experimental()) {
        break;
      }
    }
    boolean fits =
        next != null
            && next.size()
                <= (next.get(0).experimental() ? Math.min(most, mostExperimental) : most);
    if (!fits) {
      return null;
    }
    groups.remove(next);
    return next;
  }

  /** Takes out the waiting sequences for which this holds. */
  synchronized List<Sequence> remove(Predicate<Sequence> condition) {
    List<Sequence> removed = new ArrayList<>();
    Deque<List<Sequence>> kept = new ArrayDeque<>();
    for (List<Sequence> group : groups) {
      List<Sequence> rest = new ArrayList<>();
      for (Sequence sequence : group) {
        (condition.test(sequence) ? removed : rest).add(sequence);
      }
      if (!rest.isEmpty()) {
        kept.add(rest);
      }
    }
    groups.clear();
    groups.addAll(kept);
    return removed;
  }

  /** The waiting groups, first first. */
  synchronized List<List<Sequence>> waiting() {
    return List.copyOf(groups);
  }

  /** What is said to those who come after closing or are still here then. */
  static ProblemException unavailable(String decoder) {
    return new ProblemException(
        ProblemException.Kind.UNAVAILABLE, decoder + " is not loaded any more; load it again");
  }
}
