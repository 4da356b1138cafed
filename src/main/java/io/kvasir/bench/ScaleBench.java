package io.kvasir.bench;

import io.kvasir.core.Hit;
import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.kvasir.postgres.NearestPassages;
import io.kvasir.retrieve.Retriever;
import io.kvasir.retrieve.Retriever.Retrieval;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Searches a large collection two questions at a time, with a scope and without, while documents
 * come in and while none do, and holds what it finds against the exact nearest passages.
 */
final class ScaleBench {
  private static final int TOGETHER = 2;
  private static final int WARM_UP = 50;
  private static final int HITS = 20;

  /** So many hits hold what is nearest, whatever the fusion thinks of it. */
  private static final int JUDGED_HITS = 100;

  private static final int NEAREST = 10;

  /** Questions whose nearest passages are looked for exactly, which reads every vector. */
  private static final int EXACT = 50;

  private final Retriever retriever;
  private final NearestPassages nearest;
  private final ScaleCollection collection;
  private final String name;
  private final PrintStream out;

  ScaleBench(
      Retriever retriever,
      NearestPassages nearest,
      ScaleCollection collection,
      String name,
      PrintStream out) {
    this.retriever = retriever;
    this.nearest = nearest;
    this.collection = collection;
    this.name = name;
    this.out = out;
  }

  /** Measures and prints. Blocks. */
  void run(List<String> questions, Scope scope) throws InterruptedException, ExecutionException {
    ask(questions.subList(0, Math.min(WARM_UP, questions.size())), Scope.ALL);
    out.println(
        "| searched | statement p50 | p99 | with encoding p50 | p99 | recall@%d |"
            .formatted(NEAREST));
    out.println("|---|---|---|---|---|---|");
    row("whole", questions, Scope.ALL);
    row("a scope", questions, scope);
    AtomicBoolean going = new AtomicBoolean(true);
    AtomicInteger taken = new AtomicInteger();
    ExecutorService ingestion = Executors.newSingleThreadExecutor();
    try {
      Future<?> filling =
          ingestion.submit(
              () -> {
                while (going.get()) {
                  collection.putFurther(taken.getAndIncrement());
                }
              });
      row("whole, ingestion running", questions, Scope.ALL);
      row("a scope, ingestion running", questions, scope);
      going.set(false);
      filling.get();
    } finally {
      ingestion.shutdownNow();
    }
    out.printf("documents taken in meanwhile: %d%n", taken.get());
  }

  private void row(String what, List<String> questions, Scope scope)
      throws InterruptedException, ExecutionException {
    List<Retrieval> found = ask(questions, scope);
    List<Double> statements = found.stream().map(Retrieval::searchMs).toList();
    List<Double> all = found.stream().map(Retrieval::milliseconds).toList();
    out.printf(
        "| %s | %.0f ms | %.0f ms | %.0f ms | %.0f ms | %.3f |%n",
        what,
        Series.quantile(statements, 0.5),
        Series.quantile(statements, 0.99),
        Series.quantile(all, 0.5),
        Series.quantile(all, 0.99),
        recall(questions, scope));
  }

  private List<Retrieval> ask(List<String> questions, Scope scope)
      throws InterruptedException, ExecutionException {
    ConcurrentLinkedQueue<String> waiting = new ConcurrentLinkedQueue<>(questions);
    ExecutorService askers = Executors.newFixedThreadPool(TOGETHER);
    try {
      List<Future<List<Retrieval>>> asked = new ArrayList<>();
      for (int i = 0; i < TOGETHER; i++) {
        asked.add(askers.submit(() -> askAll(waiting, scope)));
      }
      List<Retrieval> found = new ArrayList<>();
      for (Future<List<Retrieval>> each : asked) {
        found.addAll(each.get());
      }
      return found;
    } finally {
      askers.shutdownNow();
    }
  }

  private List<Retrieval> askAll(ConcurrentLinkedQueue<String> waiting, Scope scope) {
    List<Retrieval> found = new ArrayList<>();
    for (String question = waiting.poll(); question != null; question = waiting.poll()) {
      found.add(retriever.retrieve(Workspace.ONLY, name, scope, question, HITS).await());
    }
    return found;
  }

  /**
   * Which share of the exact nearest passages is among as many first ones by meaning, asked once
   * more for more hits; what comes in between counts in neither.
   */
  private double recall(List<String> questions, Scope scope) {
    // Odd, since the two sorts of questions come in turn.
    int step = Math.max(1, questions.size() / EXACT) | 1;
    double share = 0;
    int judged = 0;
    for (int at = 0; at < questions.size(); at += step) {
      long newest = nearest.newest(name).await();
      Retrieval each =
          retriever.retrieve(Workspace.ONLY, name, scope, questions.get(at), JUDGED_HITS).await();
      List<Long> exact = nearest.exact(name, scope, each.embedding(), NEAREST, newest).await();
      Set<Long> seen = Set.copyOf(firstByMeaning(each, newest));
      share += exact.stream().filter(seen::contains).count() / (double) Math.max(1, exact.size());
      judged++;
    }
    return share / judged;
  }

  private static List<Long> firstByMeaning(Retrieval found, long newest) {
    return found.hits().stream()
        .filter(hit -> hit.dense() != null && hit.passage().id() <= newest)
        .sorted(Comparator.comparingDouble((Hit hit) -> -orNothing(hit.dense())))
        .limit(NEAREST)
        .map(hit -> hit.passage().id())
        .toList();
  }

  private static double orNothing(@Nullable Double cosine) {
    return cosine == null ? 0 : cosine;
  }
}
