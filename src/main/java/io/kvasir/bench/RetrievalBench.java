package io.kvasir.bench;

import io.kvasir.bench.SearchTask.SectionPassage;
import io.kvasir.bench.SearchTask.SectionQuestion;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.Encoders;
import io.kvasir.evaluate.Bootstrap;
import io.kvasir.evaluate.dataset.DatasetReader;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Library;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import io.kvasir.retrieve.Retriever;
import io.kvasir.retrieve.Retriever.Retrieval;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How well passages are found: questions whose section is known are asked. The weights of the
 * fusion are compared on every second question from the first, and what the present weights find is
 * told of the others. Passages are stored once more for this, and deleted in the end. Blocks.
 */
public final class RetrievalBench {
  private static final double[] LEXICAL_WEIGHTS = {0, 0.2, 0.3, 0.5, 0.7, 1, 1.3};
  private static final int[] CONSTANTS = {10, 30, 60};
  private static final int STEP = 32;

  private final Library library;
  private final Retriever retriever;
  private final Encoders encoders;
  private final Fusion fusion;

  /**
   * A bench.
   *
   * @param fusion what the retriever fuses by
   */
  public RetrievalBench(Library library, Retriever retriever, Encoders encoders, Fusion fusion) {
    this.library = library;
    this.retriever = retriever;
    this.encoders = encoders;
    this.fusion = fusion;
  }

  /**
   * Asks and prints tables.
   *
   * @param sources files in SQuAD's format, or collections whose headings are questions
   */
  public void run(List<String> sources, PrintStream out) {
    Map<String, double[]> choosing = new LinkedHashMap<>();
    for (SearchTask task : sources.stream().map(this::task).toList()) {
      choosing.put(task.name(), run(task, out));
    }
    out.printf("MRR on the halves for choosing, the weight by meaning being 1%n");
    out.printf(
        "| constant, weight by words | %s | mean |%n", String.join(" | ", choosing.keySet()));
    out.printf("|---|%s%n", "---|".repeat(choosing.size() + 1));
    List<Fusion> tried = tried();
    for (int i = 0; i < tried.size(); i++) {
      int each = i;
      double[] row = choosing.values().stream().mapToDouble(values -> values[each]).toArray();
      out.printf(Locale.ROOT, "| %d, %.1f |", tried.get(i).constant(), tried.get(i).lexical());
      Arrays.stream(row).forEach(value -> out.printf(Locale.ROOT, " %.3f |", value));
      out.printf(Locale.ROOT, " %.3f |%n", Arrays.stream(row).average().orElse(0));
    }
  }

  private List<Fusion> tried() {
    List<Fusion> tried = new ArrayList<>();
    for (int constant : CONSTANTS) {
      for (double weight : LEXICAL_WEIGHTS) {
        tried.add(new Fusion(fusion.candidates(), constant, 1, weight));
      }
    }
    return tried;
  }

  private SearchTask task(String source) {
    Path file = Path.of(source);
    if (Files.isRegularFile(file)) {
      return SearchTask.of(DatasetReader.read(file).answerable());
    }
    DocumentCollection collection = library.collection(Workspace.ONLY, source).await();
    SearchTask task =
        SearchTask.of(
            collection,
            library.passages(Workspace.ONLY, source, Scope.ALL, Integer.MAX_VALUE).await());
    if (task.questions().isEmpty()) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "no heading in %s is a question, so there is nothing to ask".formatted(source));
    }
    return task;
  }

  /** The mean of 1/rank of each fusion that is tried, on the choosing half. */
  private double[] run(SearchTask task, PrintStream out) {
    String copy = "bench-" + task.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    Encoder encoder = encoders.forLanguage(task.language());
    store(task, encoder, copy);
    try {
      report(task, encoder, copy, out);
      List<SearchRun> runs =
          task.half(false).stream().map(question -> everything(task, copy, question)).toList();
      return tried().stream()
          .mapToDouble(
              each -> runs.stream().mapToDouble(run -> 1 / run.rank(each)).average().orElse(0))
          .toArray();
    } finally {
      library.delete(Workspace.ONLY, copy).await();
    }
  }

  private void report(SearchTask task, Encoder encoder, String copy, PrintStream out) {
    List<SearchRun> runs = new ArrayList<>();
    List<Double> fused = new ArrayList<>();
    List<Retrieval> retrievals = new ArrayList<>();
    for (SectionQuestion question : task.half(true)) {
      Retrieval retrieval =
          retriever
              .retrieve(Workspace.ONLY, copy, Scope.ALL, question.text(), fusion.candidates())
              .await();
      retrievals.add(retrieval);
      SearchRun run = everything(task, copy, question);
      runs.add(run);
      fused.add(run.rank(retrieval.hits()));
    }
    out.printf(
        "%s: %d questions for reporting over %d passages, %s%n",
        task.name(), runs.size(), task.passages().size(), encoder.description().name());
    out.println("| search | R@1 | R@5 | MRR |");
    out.println("|---|---|---|---|");
    row("by words (BM25)", ranks(runs, only(0, 1)), out);
    row("by meaning", ranks(runs, only(1, 0)), out);
    row("both", fused.stream().mapToDouble(Double::doubleValue).toArray(), out);
    out.printf(
        Locale.ROOT,
        "milliseconds a question: encode %.1f, search %.1f%n%n",
        retrievals.stream().mapToDouble(Retrieval::encodeMs).average().orElse(0),
        retrievals.stream().mapToDouble(Retrieval::searchMs).average().orElse(0));
  }

  private Fusion only(double dense, double lexical) {
    return new Fusion(fusion.candidates(), fusion.constant(), dense, lexical);
  }

  private static double[] ranks(List<SearchRun> runs, Fusion fusion) {
    return runs.stream().mapToDouble(run -> run.rank(fusion)).toArray();
  }

  private SearchRun everything(SearchTask task, String copy, SectionQuestion question) {
    return SearchRun.of(
        question,
        retriever
            .retrieve(Workspace.ONLY, copy, Scope.ALL, question.text(), task.passages().size())
            .await()
            .hits());
  }

  private void store(SearchTask task, Encoder encoder, String copy) {
    library
        .create(
            Workspace.ONLY,
            new NewCollection(
                copy,
                task.language(),
                encoder.description().name(),
                encoder.description().dimensions()))
        .await();
    Map<String, List<SectionPassage>> documents = new LinkedHashMap<>();
    task.passages()
        .forEach(
            passage ->
                documents
                    .computeIfAbsent(passage.document(), name -> new ArrayList<>())
                    .add(passage));
    documents.forEach(
        (name, passages) ->
            library
                .put(
                    Workspace.ONLY,
                    copy,
                    new NewDocument(name, name, "text/plain", null, name),
                    encoded(encoder, passages))
                .await());
  }

  private static List<NewPassage> encoded(Encoder encoder, List<SectionPassage> passages) {
    List<NewPassage> encoded = new ArrayList<>();
    for (int first = 0; first < passages.size(); first += STEP) {
      List<SectionPassage> step = passages.subList(first, Math.min(first + STEP, passages.size()));
      List<float[]> embeddings =
          encoder
              .encodePassages(step.stream().map(SectionPassage::text).toList())
              .toCompletableFuture()
              .join();
      for (int i = 0; i < step.size(); i++) {
        SectionPassage each = step.get(i);
        encoded.add(
            new NewPassage(
                encoded.size(),
                each.section(),
                null,
                0,
                each.text().length(),
                each.text(),
                each.text(),
                embeddings.get(i)));
      }
    }
    return encoded;
  }

  private static void row(String name, double[] ranks, PrintStream out) {
    out.printf(
        "| %s | %s | %s | %s |%n",
        name,
        Bootstrap.of(Arrays.stream(ranks).map(rank -> rank == 1 ? 1 : 0).toArray()),
        Bootstrap.of(Arrays.stream(ranks).map(rank -> rank <= 5 ? 1 : 0).toArray()),
        Bootstrap.of(Arrays.stream(ranks).map(rank -> 1 / rank).toArray()));
  }
}
