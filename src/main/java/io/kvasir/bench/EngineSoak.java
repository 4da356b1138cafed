package io.kvasir.bench;

import io.kvasir.core.ProblemException;
import io.kvasir.generate.Generation;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.GenerationRequest;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Prompt;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether memory stays flat over thousands of requests as users send them: turns and paths over a
 * handful of beginnings, more at a time than there are slots, watched or not, some cancelled, some
 * refused, some readings among them. At every tenth nothing runs, and memory is looked at.
 */
final class EngineSoak {
  /** How a request went. */
  enum Outcome {
    ANSWERED,
    CANCELLED,
    REFUSED,
    READ
  }

  private static final int AT_A_TIME = 2 * EngineBench.SLOTS;
  private static final int BEGINNINGS = 5;
  private static final int LONGEST_BEGINNING = 128;

  /** How often memory is looked at; the fewest requests. */
  static final int MARKS = 10;

  private static final long PATIENCE_MINUTES = 5;

  private final EngineLoad load;
  private final Random random = new Random(11);
  private final List<Prompt> beginnings = new ArrayList<>();
  private final Semaphore room = new Semaphore(AT_A_TIME);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private long promptTokens;
  private long cachedTokens;
  private int read;
  private int wholeBeginnings;

  EngineSoak(EngineLoad load) {
    this.load = load;
    while (beginnings.size() < BEGINNINGS) {
      beginnings.add(fresh());
    }
  }

  /**
   * Asks so many times, and waits for all ends. Blocks.
   *
   * @throws ProblemException if an answer fails, or nothing ends for minutes
   */
  EngineSoakResult run(int requests, PrintStream progress) {
    List<EngineMemory> marks = new ArrayList<>();
    long asking = 0;
    int asked = 0;
    for (int mark = 1; mark <= MARKS; mark++) {
      long begin = System.nanoTime();
      for (; asked < (long) requests * mark / MARKS; asked++) {
        take(1);
        ask(random.nextInt(100));
      }
      take(AT_A_TIME);
      asking += System.nanoTime() - begin;
      EngineMemory memory = EngineMemory.now();
      marks.add(memory);
      progress.printf("%d of %d requests: %s%n", asked, requests, memory);
      room.release(AT_A_TIME);
    }
    synchronized (this) {
      return new EngineSoakResult(
          new EnumMap<>(outcomes),
          asked / (asking / 1e9),
          (double) cachedTokens / promptTokens,
          (double) wholeBeginnings / read,
          afterwards(),
          List.copyOf(marks));
    }
  }

  /** How busy the decoder is. It says so as of its last turn, so a busy one is asked again. */
  private Generator.Load afterwards() {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    Generator.Load busy = load.generator().load();
    while (!busy.equals(Generator.Load.IDLE) && System.nanoTime() < until) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      busy = load.generator().load();
    }
    return busy;
  }

  /** Waits until so many more may run; the room is given back by their ends. */
  private void take(int count) {
    try {
      if (!room.tryAcquire(count, PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        throw failed("nothing ended for %d minutes".formatted(PATIENCE_MINUTES), null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("it was interrupted", e);
    }
    Throwable cause = failure.get();
    if (cause != null) {
      throw failed(String.valueOf(cause.getMessage()), cause);
    }
  }

  private static ProblemException failed(String why, @Nullable Throwable cause) {
    String message = "the soak stopped: " + why;
    return cause == null
        ? new ProblemException(ProblemException.Kind.UNAVAILABLE, message)
        : new ProblemException(ProblemException.Kind.UNAVAILABLE, message, cause);
  }

  /** Of a hundred requests 2 are too long, 3 are readings, and 10 are cancelled in mid-answer. */
  private void ask(int kind) {
    // Some are much more common than others: the least of three places.
    int place = random.ints(3, 0, BEGINNINGS).min().orElse(0);
    Prompt beginning = beginnings.get(place);
    Prompt prompt = load.behind(beginning, 4 + random.nextInt(9));
    if (random.nextInt(4) == 0) {
      beginnings.set(place, prompt.ids().length < LONGEST_BEGINNING ? prompt : fresh());
    }
    if (kind < 2) {
      refused(load.behind(beginning, load.generator().description().context()));
    } else if (kind < 5) {
      read(prompt);
    } else {
      boolean cancelled = kind < 15;
      int tokens = cancelled ? 64 : 2 + Math.min(random.nextInt(7), random.nextInt(7));
      new Asked(beginning, cancelled)
          .start(EngineLoad.request(prompt, tokens, random.nextInt(3) == 0));
    }
  }

  private Prompt fresh() {
    return load.prompt(24 + random.nextInt(48));
  }

  private void refused(Prompt prompt) {
    try {
      new Asked(prompt, true).start(EngineLoad.request(prompt, 1, false));
    } catch (ProblemException e) {
      if (e.kind() != ProblemException.Kind.TOO_LONG) {
        throw e;
      }
      ended(Outcome.REFUSED);
    }
  }

  private void read(Prompt prompt) {
    int[] answer = load.prompt(2 + random.nextInt(7)).ids();
    CompletableFuture<double[]> unused =
        load.generator()
            .read(load.reading(prompt, answer))
            .whenComplete(
                (logprobs, problem) -> {
                  failure.compareAndSet(null, problem);
                  ended(Outcome.READ);
                });
  }

  private synchronized void ended(Outcome outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
    room.release();
  }

  /** One answer; everything but its start happens on the inference thread. */
  private final class Asked implements Consumer<GenerationEvent> {
    private final Prompt beginning;
    private final boolean cancelled;
    private volatile @Nullable Generation generation;
    private GenerationEvent.@Nullable Prefill prefilled;

    Asked(Prompt beginning, boolean cancelled) {
      this.beginning = beginning;
      this.cancelled = cancelled;
    }

    void start(GenerationRequest request) {
      generation = load.generator().start(List.of(request), List.of(this)).get(0);
    }

    @Override
    public void accept(GenerationEvent event) {
      Generation running = generation;
      if (event instanceof GenerationEvent.Prefill prefill) {
        prefilled = prefill;
      } else if (event instanceof GenerationEvent.Token && cancelled && running != null) {
        running.cancel();
      } else if (event instanceof GenerationEvent.Finished finished) {
        count();
        ended(
            finished.reason() == GenerationEvent.FinishReason.CANCELLED
                ? Outcome.CANCELLED
                : Outcome.ANSWERED);
      } else if (event instanceof GenerationEvent.Failed failed) {
        failure.compareAndSet(null, failed.problem());
        ended(Outcome.ANSWERED);
      }
    }

    private void count() {
      GenerationEvent.Prefill prefill = prefilled;
      if (prefill != null) {
        synchronized (EngineSoak.this) {
          promptTokens += prefill.total();
          cachedTokens += prefill.cached();
          read++;
          wholeBeginnings += prefill.cached() >= beginning.ids().length ? 1 : 0;
        }
      }
    }
  }
}
