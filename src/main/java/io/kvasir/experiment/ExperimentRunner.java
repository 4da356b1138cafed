package io.kvasir.experiment;

import io.kvasir.core.ProblemException;
import io.kvasir.core.Reason;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.experiment.Experiment.State;
import io.kvasir.experiment.ExperimentDesign.Ask;
import io.kvasir.experiment.ExperimentStore.Placed;
import io.kvasir.experiment.ExperimentStore.Standing;
import io.kvasir.experiment.ExperimentStore.Taken;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does one experiment after the other on a thread of its own: those of this server's first question
 * to the last, and those that a server left that ended. What is answered is kept at once and never
 * asked again.
 */
final class ExperimentRunner implements AutoCloseable {
  /** How often experiments are looked for, and a waiting one is looked after. */
  static final int BEAT_MILLISECONDS = 1_000;

  /** How long closing waits for the thread. */
  private static final int CLOSE_SECONDS = 10;

  private static final System.Logger LOG = System.getLogger(ExperimentRunner.class.getName());

  private final ExperimentStore store;
  private final ContextCollection contexts;
  private final QuestionRuns runs;
  private final ExperimentDesign design;
  private final int together;
  private final Thread thread;
  private volatile boolean closed;

  /** Makes the run of an experiment's questions. */
  interface QuestionRuns {
    /** One for this experiment. */
    QuestionRun of(Taken experiment);
  }

  /**
   * Begins to look for experiments.
   *
   * @param together contrasts that are asked at the same time
   */
  ExperimentRunner(
      ExperimentStore store,
      ContextCollection contexts,
      QuestionRuns runs,
      ExperimentDesign design,
      int together) {
    this.store = store;
    this.contexts = contexts;
    this.runs = runs;
    this.design = design;
    this.together = together;
    this.thread = new Thread(this::loop, "experiments");
    thread.setDaemon(true);
    thread.start();
  }

  private void loop() {
    while (!closed) {
      try {
        Optional<Taken> taken = Waiting.of(store.take());
        if (taken.isPresent()) {
          run(taken.get());
        } else {
          Thread.sleep(BEAT_MILLISECONDS);
        }
      } catch (InterruptedException e) {
        // Only close() interrupts.
        return;
      } catch (ProblemException away) {
        pause();
      } catch (RuntimeException defect) {
        LOG.log(Level.ERROR, "experiments", defect);
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(BEAT_MILLISECONDS);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private void run(Taken experiment) throws InterruptedException {
    LOG.log(Level.INFO, "the experiment {0} goes on", experiment.id());
    try {
      Set<Contexts> ways = new LinkedHashSet<>();
      design.asks(experiment.plan().rows()).forEach(ask -> ways.add(Contexts.of(ask.settings())));
      if (contexts.complete(experiment, ways, () -> goesOn(experiment) && !closed)) {
        questions(experiment);
      }
    } catch (ProblemException failure) {
      if (QuestionRun.passes(failure)) {
        Waiting.of(store.say(experiment.id(), failure.told()));
        throw failure;
      }
      Waiting.of(store.end(experiment.id(), State.FAILED, failure.told()));
    } catch (IllegalStateException defect) {
      LOG.log(Level.ERROR, "the experiment " + experiment.id(), defect);
      Waiting.of(store.end(experiment.id(), State.FAILED, Reason.of(defect)));
    }
  }

  /** Whether it is still this server's to do; ends it if somebody asked for that. */
  private boolean goesOn(Taken experiment) throws InterruptedException {
    return goesOn(experiment, Waiting.of(store.say(experiment.id(), null)));
  }

  private boolean goesOn(Taken experiment, Standing standing) throws InterruptedException {
    if (standing == Standing.CANCELLED) {
      Waiting.of(store.end(experiment.id(), State.CANCELLED, null));
    }
    return standing == Standing.OURS;
  }

  /** A question that is still to be asked in some rows. */
  private record Open(int place, Ask ask) {}

  /** What came of one of them. */
  private record Came(Open open, List<Placed> results, @Nullable Throwable failure) {}

  private void questions(Taken experiment) throws InterruptedException {
    List<LabelledQuestion> questions = Waiting.of(store.questions(experiment.id()));
    Deque<Open> open = open(experiment, questions);
    QuestionRun run = runs.of(experiment);
    BlockingQueue<Came> came = new LinkedBlockingQueue<>();
    int running = 0;
    while (running > 0 || (!open.isEmpty() && !closed)) {
      while (running < together && !open.isEmpty() && !closed) {
        Open next = open.poll();
        running++;
        run.ask(next.place(), questions.get(next.place()), next.ask())
            .onComplete(
                done ->
                    came.add(
                        new Came(
                            next, done.succeeded() ? done.result() : List.of(), done.cause())));
      }
      Came next = came.poll(BEAT_MILLISECONDS, TimeUnit.MILLISECONDS);
      if (next == null) {
        if (!goesOn(experiment)) {
          return;
        }
        continue;
      }
      running--;
      if (!goesOn(experiment, taken(experiment, next, open))) {
        return;
      }
    }
    if (open.isEmpty()) {
      Waiting.of(store.end(experiment.id(), State.COMPLETE, null));
      LOG.log(Level.INFO, "the experiment {0} is complete", experiment.id());
    }
  }

  /** What has no answer yet, question by question. */
  private Deque<Open> open(Taken experiment, List<LabelledQuestion> questions)
      throws InterruptedException {
    Set<List<Integer>> done = new HashSet<>();
    for (Placed placed : Waiting.of(store.results(experiment.id()))) {
      done.add(List.of(placed.question(), placed.row()));
    }
    List<Ask> asks = design.asks(experiment.plan().rows());
    Deque<Open> open = new ArrayDeque<>();
    for (int place = 0; place < questions.size(); place++) {
      for (Ask ask : asks) {
        int question = place;
        boolean answered =
            ask.rows().stream().allMatch(row -> done.contains(List.of(question, row)));
        if (!answered && ask.way().applies(questions.get(place))) {
          open.add(new Open(place, ask));
        }
      }
    }
    return open;
  }

  /** Keeps what came; what is to be asked again goes to the end. */
  private Standing taken(Taken experiment, Came came, Deque<Open> open)
      throws InterruptedException {
    Throwable failure = came.failure();
    if (failure == null) {
      return Waiting.of(store.keep(experiment.id(), came.results()));
    }
    if (failure instanceof ProblemException problem && QuestionRun.passes(problem)) {
      open.add(came.open());
      Thread.sleep(BEAT_MILLISECONDS);
      return Waiting.of(store.say(experiment.id(), problem.told()));
    }
    throw new IllegalStateException(failure);
  }

  /** Asks nothing more; what is asked may end. Returns at once. */
  void stop() {
    closed = true;
  }

  /** Ends the thread; what it has not kept is asked again by whoever goes on. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
