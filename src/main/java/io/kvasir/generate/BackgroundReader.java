package io.kvasir.generate;

import io.kvasir.attend.ObservedRows;
import io.kvasir.attend.RowObserver;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what nobody waits for word by word, one reading after the other and behind every answer:
 * while others answer it works in one turn of several, and it gives its slot away when one is asked
 * for. Everything but {@link #add} belongs to the inference thread.
 */
final class BackgroundReader {
  private static final System.Logger LOG = System.getLogger(BackgroundReader.class.getName());

  /**
   * Rows whose logits and queries one pass gives at the most: each takes a vocabulary of floats.
   */
  private static final int ROWS = 32;

  /** While others answer, it works in one of so many turns. */
  private static final int TURNS = 3;

  /** While others answer, it looks at layers for about so long at a time. */
  private static final long LOOK_NANOS = 10_000_000;

  private static final int[] NOTHING = {};

  private final Decoder decoder;
  private final Slots slots;
  private final ReadingPace pace;
  private final EngineOptions options;
  private final String name;
  private final int[] layers;
  private final float[] logits;
  private final Deque<Reading> waiting = new ArrayDeque<>();
  private boolean closed;

  private @Nullable Reading current;
  private int turn;
  // What of the last pass the observer has not seen yet: float[layers][rows][heads * headSize].
  private float[][][] queries = {};
  private int nextLayer;
  private int lookedFrom;

  BackgroundReader(
      Decoder decoder, Slots slots, ReadingPace pace, EngineOptions options, String name) {
    this.decoder = decoder;
    this.slots = slots;
    this.pace = pace;
    this.options = options;
    this.name = name;
    this.layers = IntStream.range(0, decoder.shape().geometry().layers().size()).toArray();
    this.logits = new float[decoder.shape().vocabulary()];
    this.nextLayer = layers.length;
  }

  /**
   * Adds a reading. Callable from any thread.
   *
   * @throws ProblemException BUSY if too many wait, UNAVAILABLE after closing
   */
  synchronized CompletableFuture<double[]> add(ReadingRequest request) {
    if (closed) {
      throw WaitingLine.unavailable(name);
    }
    if (waiting.size() >= options.queue()) {
      throw new ProblemException(
          Kind.BUSY,
          "%s has %d readings waiting, the most it takes (engine.queue); try again in a moment"
              .formatted(name, waiting.size()));
    }
    Reading reading = new Reading(request, decoder.shape().precision());
    waiting.add(reading);
    return reading.result;
  }

  /** Whether there is anything to read. */
  synchronized boolean busy() {
    return current != null || !waiting.isEmpty();
  }

  /**
   * Does a piece of work, if it is its turn.
   *
   * @param othersAnswer whether somebody waits for the next step
   * @param slotWanted whether somebody waits for a slot
   */
  void advance(boolean othersAnswer, boolean slotWanted) {
    Reading reading = current();
    if (reading == null) {
      return;
    }
    if (slotWanted && givesSlotAway(reading)) {
      return;
    }
    turn++;
    if (othersAnswer && turn % TURNS != 0) {
      return;
    }
    try {
      work(reading, othersAnswer);
    } catch (ProblemException e) {
      fail(reading, e);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a reading failed", e);
      fail(
          reading,
          new ProblemException(
              Kind.INTERNAL, "reading failed: " + Reason.of(e), String.valueOf(e.getMessage()), e));
    }
  }

  /** Ends everything that is left. */
  void close(ProblemException reason) {
    synchronized (this) {
      closed = true;
    }
    for (Reading reading = current(); reading != null; reading = current()) {
      fail(reading, reason);
    }
  }

  /**
   * The reading whose turn it is; those that nobody waits for any more, or late ones, are ended.
   */
  private @Nullable Reading current() {
    long now = System.nanoTime();
    while (true) {
      Reading reading = current;
      if (reading == null) {
        reading = poll();
        current = reading;
        if (reading == null) {
          return null;
        }
      }
      if (reading.result.isDone()) {
        leave(reading);
      } else if (reading.late(now, options.deadline().toNanos())) {
        fail(
            reading,
            new ProblemException(
                Kind.UNAVAILABLE,
                "the reading waited for longer than %d s (engine.deadline-seconds); try when fewer are answered"
                    .formatted(options.deadline().toSeconds())));
      } else {
        return reading;
      }
    }
  }

  private synchronized @Nullable Reading poll() {
    return waiting.poll();
  }

  private void work(Reading reading, boolean othersAnswer) {
    Slot slot = reading.slot;
    if (slot == null) {
      if (slots.free() == 0) {
        return;
      }
      slot = slots.take(reading);
      reading.slot = slot;
      reading.done = slot.length();
      nextLayer = layers.length;
    }
    if (nextLayer == layers.length) {
      read(reading, slot, othersAnswer);
    }
    look(reading, slot, othersAnswer);
    if (nextLayer == layers.length && reading.done == reading.length()) {
      slots.keep(reading, slot);
      leave(reading);
      reading.result.complete(reading.logprobs);
    }
  }

  /** Reads one chunk; its last rows are those that are wanted, as far as it reaches them. */
  private void read(Reading reading, Slot slot, boolean othersAnswer) {
    int stretch = slots.fill(reading, slot);
    int begin = slot.length();
    int chunk = pace.tokens(othersAnswer);
    int most = Math.min(begin + chunk, Math.max(begin, reading.firstRow()) + ROWS);
    int end = stretch - most < Decoder.LEAST_READ ? stretch : most;
    int rows = Math.max(0, end - Math.max(begin, reading.firstRow()));
    boolean looked = rows > 0 && reading.request.observer() != null;
    Decoder.Pass pass =
        pace.read(
            end - begin,
            () ->
                decoder.read(
                    slot.index,
                    begin,
                    reading.content().range(begin, end),
                    Math.max(1, rows),
                    looked ? layers : NOTHING));
    slot.content.append(reading.content(), end);
    reading.done = end;
    score(reading, pass, end, rows);
    if (looked) {
      keepQueries(pass, end, rows);
    }
  }

  private void score(Reading reading, Decoder.Pass pass, int end, int rows) {
    int[] expected = reading.request.expected();
    int first = reading.length() - expected.length;
    for (int position = Math.max(first, end - rows); position < end; position++) {
      pass.logits(position - (end - rows), logits);
      int place = position - first;
      reading.logprobs[place] = LogProbability.of(logits, expected[place]);
      LogitObserver seeing = reading.request.logits();
      if (seeing != null) {
        seeing.observe(place, logits);
      }
    }
  }

  private void keepQueries(Decoder.Pass pass, int end, int rows) {
    int width = decoder.shape().queryWidth();
    queries = new float[layers.length][rows][width];
    for (int layer : layers) {
      for (int row = 0; row < rows; row++) {
        pass.queries(layer, row, queries[layer][row]);
      }
    }
    nextLayer = 0;
    lookedFrom = end - rows;
  }

  private void look(Reading reading, Slot slot, boolean othersAnswer) {
    long begin = System.nanoTime();
    RowObserver observer = reading.request.observer();
    while (nextLayer < layers.length
        && observer != null
        && (!othersAnswer || System.nanoTime() - begin < LOOK_NANOS)) {
      observer.observe(
          new ObservedRows(
              nextLayer,
              lookedFrom,
              queries[nextLayer],
              decoder.keys(nextLayer, slot.index),
              decoder.values(nextLayer, slot.index)));
      nextLayer++;
    }
  }

  /**
   * What is read stays in the slot, and is found there again if nobody else needs it. But rows must
   * not be looked at twice, so once that has begun, a reading goes on.
   */
  private boolean givesSlotAway(Reading reading) {
    if (reading.request.observer() != null && reading.done > reading.firstRow()) {
      return false;
    }
    Slot slot = reading.slot;
    if (slot != null) {
      slots.release(slot);
      reading.slot = null;
    }
    return true;
  }

  private void leave(Reading reading) {
    reading.rows().release();
    Slot slot = reading.slot;
    if (slot != null) {
      slots.release(slot);
      reading.slot = null;
    }
    current = null;
    nextLayer = layers.length;
    queries = new float[0][][];
  }

  private void fail(Reading reading, ProblemException problem) {
    Slot slot = reading.slot;
    if (slot != null) {
      slot.content.truncate(0);
    }
    leave(reading);
    reading.result.completeExceptionally(problem);
  }
}
