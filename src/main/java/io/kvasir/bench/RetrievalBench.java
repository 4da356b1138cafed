package io.kvasir.bench;

import io.kvasir.core.DocumentCollection;
import io.kvasir.core.Hit;
import io.kvasir.core.Passage;
import io.kvasir.core.Scope;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.Encoders;
import io.kvasir.evaluate.Bootstrap;
import io.kvasir.retrieve.Library;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import io.kvasir.retrieve.Retriever;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How well a collection whose headings are questions is searched: every such heading is asked, and
 * its own section should come first. For this the passages are stored once more with keys that
 * leave the headings out, or every question would find itself. Blocks.
 */
public final class RetrievalBench {
  private static final int CANDIDATES = 50;
  private static final int STEP = 32;

  private final Library library;
  private final Retriever retriever;
  private final Encoders encoders;

  /**
   * A bench.
   *
   * @param retriever with at least 50 candidates for each of its searches
   */
  public RetrievalBench(Library library, Retriever retriever, Encoders encoders) {
    this.library = library;
    this.retriever = retriever;
    this.encoders = encoders;
  }

  /** Prints how often the right section is first, among the first five, and the mean of 1/rank. */
  public void run(String collection, PrintStream out) {
    DocumentCollection original = library.collection(collection).await();
    List<Passage> passages = library.passages(collection, Scope.ALL, Integer.MAX_VALUE).await();
    Map<String, String> questions = HeadingQuestions.of(passages);
    String copy = "bench-" + collection;
    copy(original, passages, copy);
    try {
      List<Asked> asked = new ArrayList<>();
      questions.forEach((heading, question) -> asked.add(ask(copy, heading, question)));
      out.printf(
          "%s: %d questions over %d passages, %s%n",
          collection, questions.size(), passages.size(), original.encoder());
      out.println("| search | R@1 | R@5 | MRR |");
      out.println("|---|---|---|---|");
      row("by words", asked, hit -> hit.lexical() == null ? -1 : hit.lexical(), out);
      row("by meaning", asked, hit -> hit.dense() == null ? -1 : hit.dense(), out);
      row("both, fused", asked, Hit::score, out);
      out.printf(
          "milliseconds a question: encode %.1f, search %.1f%n",
          asked.stream().mapToDouble(each -> each.retrieval().encodeMs()).average().orElse(0),
          asked.stream().mapToDouble(each -> each.retrieval().searchMs()).average().orElse(0));
    } finally {
      library.delete(copy).await();
    }
  }

  private record Asked(String heading, Retriever.Retrieval retrieval) {}

  private Asked ask(String collection, String heading, String question) {
    return new Asked(
        heading, retriever.retrieve(collection, Scope.ALL, question, 2 * CANDIDATES).await());
  }

  private void copy(DocumentCollection original, List<Passage> passages, String copy) {
    Encoder encoder = encoders.named(original.encoder());
    library
        .create(copy, original.language(), original.encoder(), encoder.description().dimensions())
        .await();
    Map<String, List<Passage>> documents = new LinkedHashMap<>();
    passages.forEach(
        passage ->
            documents.computeIfAbsent(passage.document(), name -> new ArrayList<>()).add(passage));
    documents.forEach(
        (name, all) -> {
          List<NewPassage> plain = new ArrayList<>();
          for (int first = 0; first < all.size(); first += STEP) {
            plain.addAll(
                withoutHeadings(encoder, all.subList(first, Math.min(first + STEP, all.size()))));
          }
          library.put(copy, new NewDocument(name, name, "text/plain", null, name), plain).await();
        });
  }

  private static List<NewPassage> withoutHeadings(Encoder encoder, List<Passage> passages) {
    List<float[]> embeddings =
        encoder
            .encodePassages(passages.stream().map(Passage::value).toList())
            .toCompletableFuture()
            .join();
    List<NewPassage> plain = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      Passage passage = passages.get(i);
      plain.add(
          new NewPassage(
              passage.ordinal(),
              passage.heading(),
              passage.page(),
              passage.start(),
              passage.end(),
              passage.value(),
              passage.value(),
              embeddings.get(i)));
    }
    return plain;
  }

  private static void row(
      String name, List<Asked> asked, ToDoubleFunction<Hit> score, PrintStream out) {
    double[] ranks = asked.stream().mapToDouble(each -> rank(each, score)).toArray();
    out.printf(
        "| %s | %s | %s | %s |%n",
        name,
        Bootstrap.of(Arrays.stream(ranks).map(rank -> rank == 1 ? 1 : 0).toArray()),
        Bootstrap.of(Arrays.stream(ranks).map(rank -> rank <= 5 ? 1 : 0).toArray()),
        Bootstrap.of(Arrays.stream(ranks).map(rank -> 1 / rank).toArray()));
  }

  /** The place of the right section among the sections found; infinite if it was not. */
  private static double rank(Asked asked, ToDoubleFunction<Hit> score) {
    LinkedHashSet<String> sections = new LinkedHashSet<>();
    asked.retrieval().hits().stream()
        .filter(hit -> score.applyAsDouble(hit) >= 0)
        .sorted(Comparator.comparingDouble(score).reversed())
        .forEach(hit -> sections.add(hit.passage().document() + hit.passage().heading()));
    int place = 1;
    for (String section : sections) {
      if (section.endsWith(asked.heading())) {
        return place;
      }
      place++;
    }
    return Double.POSITIVE_INFINITY;
  }
}
