package io.kvasir.experiment;

import io.kvasir.config.Settings;
import io.kvasir.contrast.ContrastLimits;
import io.kvasir.contrast.ContrastService;
import io.kvasir.contrast.MaterialSource;
import io.kvasir.contrast.NothingKept;
import io.kvasir.contrast.path.Paths;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.Hit;
import io.kvasir.core.Passage;
import io.kvasir.core.Sampling;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoders;
import io.kvasir.evaluate.dataset.ColumnMapping;
import io.kvasir.evaluate.dataset.Half;
import io.kvasir.experiment.Experiment.State;
import io.kvasir.experiment.Experiments.Order;
import io.kvasir.generate.OneDecoder;
import io.kvasir.generate.ScriptedGenerator;
import io.kvasir.observe.AnswerListener;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.PostgresContrasts;
import io.kvasir.postgres.PostgresExperiments;
import io.kvasir.postgres.PostgresExtension;
import io.kvasir.postgres.PostgresLibrary;
import io.kvasir.postgres.PostgresMarked;
import io.kvasir.postgres.PostgresRetriever;
import io.kvasir.postgres.ServerLease;
import io.kvasir.rerank.RerankOptions;
import io.kvasir.rerank.Reranker;
import io.kvasir.rerank.RerankingRetriever;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import io.kvasir.retrieve.Retriever;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A server's experiments over a real database, answered by a script. */
final class ExperimentsUnderTest implements AutoCloseable {
  /** How many there are in the table that most tests ask. */
  static final int QUESTIONS = 12;

  final ExperimentService service;
  final PostgresContrasts contrasts;
  final ContrastService answers;
  final Marking marking;
  private final PostgresLibrary library;
  private final ServerLease lease;
  private final ScriptedGenerator generator;
  private final Encoders encoders =
      new Encoders(List.of(new EqualEncoder("equal"), new EqualEncoder("alike")));
  private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(2);
  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
  private final AtomicInteger asked = new AtomicInteger();
  private boolean killed;

  ExperimentsUnderTest(Database database, String answer) {
    lease = new ServerLease(database, "experiments");
    PostgresExtension.await(lease.take());
    generator = new ScriptedGenerator(4_096, answer);
    contrasts = new PostgresContrasts(database, lease.id());
    library = new PostgresLibrary(database);
    OneDecoder decoders = new OneDecoder(generator);
    Retriever retriever =
        new RerankingRetriever(
            new PostgresRetriever(database, encoders, Fusion.of(Settings.DEFAULTS)),
            List.of(new Backwards()),
            RerankOptions.of(Settings.DEFAULTS));
    answers =
        new ContrastService(
            decoders,
            contrasts,
            new MaterialSource(library, retriever, NothingKept.memory()),
            Paths.ALL,
            "none",
            ContrastLimits.DEFAULT,
            decoder -> AnswerDefaults.SAFE,
            worker,
            AnswerListener.NONE);
    PostgresMarked marked = new PostgresMarked(database);
    marking = new Marking(marked, answers, ExperimentLimits.DEFAULT);
    service =
        new ExperimentService(
            new PostgresExperiments(database, lease.id()),
            marked,
            answers,
            decoders,
            library,
            retriever,
            encoders,
            Sampling.GREEDY,
            new Set("k is 4"),
            ExperimentLimits.DEFAULT);
    var unused = worker.scheduleWithFixedDelay(this::answer, 5, 5, TimeUnit.MILLISECONDS);
  }

  /** A reranker that likes best what the search likes least. */
  private static final class Backwards implements Reranker {
    @Override
    public String name() {
      return Hit.HEADS;
    }

    @Override
    public Future<List<Double>> scores(String question, List<Passage> passages) {
      return Future.succeededFuture(
          IntStream.range(0, passages.size()).mapToObj(place -> (double) place).toList());
    }
  }

  /** What is set. */
  private record Set(String words) implements Conditions {
    @Override
    public String answering(String decoder) {
      return words;
    }

    @Override
    public String searching() {
      return words;
    }
  }

  private void answer() {
    int waiting = generator.waiting();
    if (waiting > 0 && left.get() > 0) {
      left.addAndGet(-waiting);
      asked.addAndGet(waiting);
      generator.run();
    }
  }

  /** Stores a collection of one document; of each passage its heading and its text. */
  void store(String collection, String[]... passages) {
    List<NewPassage> all = new ArrayList<>();
    for (String[] passage : passages) {
      all.add(
          new NewPassage(
              all.size(),
              passage[0],
              null,
              0,
              passage[1].length(),
              passage[1],
              passage[1],
              EqualEncoder.SAME));
    }
    PostgresExtension.await(
        library.create(Workspace.ONLY, new NewCollection(collection, "en", "equal", 2)));
    PostgresExtension.await(
        library.put(
            Workspace.ONLY,
            collection,
            new NewDocument("birds.txt", "Birds", "text/plain", null, "Birds."),
            all));
  }

  /** Empties the database and writes a table of as many questions, a document for each. */
  static Path birds(Database database, Path folder) throws IOException {
    PostgresExtension.await(
        PostgresExtension.run(database, "TRUNCATE experiments, contrasts, collections CASCADE"));
    StringBuilder table = new StringBuilder("id,question,answer,title,context\n");
    for (int i = 0; i < QUESTIONS; i++) {
      table.append(
          "q%1$d,Where does bird%1$d sleep?,cliff%1$d,Birds,The bird%1$d sleeps on cliff%1$d.\n"
              .formatted(i));
    }
    return Files.writeString(folder.resolve("birds.csv"), table);
  }

  /** All questions in these rows, without factors. */
  static Order order(String... paths) {
    return new Order(
        null, "en", List.of(paths), Map.of(), Half.ALL, null, 7, ColumnMapping.DEFAULT);
  }

  /** The experiment once it ended. */
  Experiment finished(String id) throws InterruptedException {
    until("it ends", () -> ended(get(id)));
    return get(id);
  }

  Experiment get(String id) {
    return PostgresExtension.await(service.get(Workspace.ONLY, id));
  }

  static boolean ended(Experiment experiment) {
    return experiment.state() != State.WAITING && experiment.state() != State.RUNNING;
  }

  /** Waits until something holds. */
  static void until(String what, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("in 60 s it did not come to this: " + what);
      }
      Thread.sleep(20);
    }
  }

  /** From now on only about so many answers come. */
  void answerAtMost(int count) {
    left.set(count);
  }

  /** How many answers were given. */
  int asked() {
    return asked.get();
  }

  /** Ends as a process that is killed does: nothing is said any more, the lease runs out. */
  void kill() {
    killed = true;
    service.close();
    worker.shutdownNow();
    PostgresExtension.await(lease.giveBack());
  }

  @Override
  public void close() {
    if (!killed) {
      kill();
    }
    encoders.close();
  }
}
