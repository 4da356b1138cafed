package io.kvasir.contrast;

import io.kvasir.core.Document;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ExampleQuestion;
import io.kvasir.core.Hit;
import io.kvasir.core.Hits;
import io.kvasir.core.Passage;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.core.ValueKind;
import io.kvasir.core.Workspace;
import io.kvasir.retrieve.Corrections.Correction;
import io.kvasir.retrieve.Library;
import io.kvasir.retrieve.Retriever;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One collection of a few passages in memory: a library, its retriever and a contrast store. */
final class Shelf implements Library, Retriever, ContrastStore {
  static final String NAME = "shelf";

  private final List<Passage> passages;
  private final Map<String, Trace> traces = new LinkedHashMap<>();
  String searched = "";
  double cosine = 0.5;

  Shelf(List<String> texts) {
    List<Passage> made = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      made.add(new Passage(i + 1, 1, "a.txt", "A", i, "", null, 0, text.length(), text, text));
    }
    passages = List.copyOf(made);
  }

  @Override
  public Future<List<DocumentCollection>> collections(Workspace workspace) {
    return Future.succeededFuture(
        List.of(
            new DocumentCollection(
                NAME, "en", "letters", ValueKind.RAW, 1, passages.size(), 0, List.of())));
  }

  @Override
  public Future<DocumentCollection> collection(Workspace workspace, String name) {
    return name.equals(NAME)
        ? collections(Workspace.ONLY).map(all -> all.get(0))
        : Future.failedFuture(
            new ProblemException(ProblemException.Kind.NOT_FOUND, "no collection " + name));
  }

  @Override
  public Future<List<Passage>> passages(
      Workspace workspace, String collection, Scope scope, int limit) {
    return Future.succeededFuture(passages.stream().limit(limit).toList());
  }

  @Override
  public Future<Integer> countPassages(Workspace workspace, String collection, Scope scope) {
    return Future.succeededFuture(passages.size());
  }

  /** Ranks by how many of the question's words a passage has. */
  @Override
  public Future<Retrieval> retrieve(
      Workspace workspace, String collection, Scope scope, String question, int k) {
    searched = question;
    List<Passage> ranked =
        passages.stream()
            .filter(passage -> score(passage, question) > 0)
            .sorted(Comparator.comparingInt((Passage passage) -> -score(passage, question)))
            .limit(k)
            .toList();
    List<Hit> hits = new ArrayList<>();
    for (Passage passage : ranked) {
      double score = score(passage, question);
      hits.add(Hits.of(passage, hits.size() + 1, score, cosine, score));
    }
    return Future.succeededFuture(
        new Retrieval(question, "letters", 0.4, true, new float[] {0.6f, 0.8f}, hits, 1, 2, null));
  }

  private static int score(Passage passage, String question) {
    int score = 0;
    for (String word : question.split("\\W+", -1)) {
      score += passage.value().contains(word) ? 1 : 0;
    }
    return score;
  }

  @Override
  public synchronized Future<Void> save(
      Workspace workspace, Trace trace, @Nullable String experiment) {
    traces.put(trace.id(), trace);
    return Future.succeededFuture();
  }

  @Override
  public synchronized Future<Trace> get(Workspace workspace, String id) {
    Trace trace = traces.get(id);
    return trace == null
        ? Future.failedFuture(
            new ProblemException(ProblemException.Kind.NOT_FOUND, "no contrast " + id))
        : Future.succeededFuture(trace);
  }

  @Override
  public synchronized Future<List<Trace>> conversation(
      Workspace workspace, String conversation, int limit) {
    return Future.succeededFuture(
        traces.values().stream().filter(t -> t.conversation().equals(conversation)).toList());
  }

  @Override
  public Future<List<Summary>> list(Workspace workspace, String search, Instant before, int limit) {
    throw new AssertionError("contrasts do not list");
  }

  @Override
  public Future<Void> delete(Workspace workspace, String id) {
    throw new AssertionError("contrasts do not delete");
  }

  @Override
  public Future<DocumentCollection> create(Workspace workspace, NewCollection made) {
    throw new AssertionError("contrasts do not create");
  }

  @Override
  public Future<Void> setTitle(Workspace workspace, String name, String title) {
    throw new AssertionError("contrasts name nothing");
  }

  @Override
  public Future<Void> setExamples(
      Workspace workspace, String name, List<ExampleQuestion> examples) {
    throw new AssertionError("contrasts set no examples");
  }

  @Override
  public Future<List<Document>> documents(Workspace workspace, String collection) {
    throw new AssertionError("contrasts list no documents");
  }

  @Override
  public Future<List<Section>> sections(Workspace workspace, String collection) {
    throw new AssertionError("contrasts list no sections");
  }

  @Override
  public Future<DocumentText> document(Workspace workspace, long id) {
    throw new AssertionError("contrasts open no documents");
  }

  @Override
  public Future<KeptOriginal> original(Workspace workspace, long document) {
    throw new AssertionError("contrasts send no files");
  }

  @Override
  public Future<byte[]> originalPiece(Workspace workspace, String sha256, int piece) {
    throw new AssertionError("contrasts send no files");
  }

  @Override
  public Future<List<Correction>> corrections(
      Workspace workspace, String collection, String document) {
    throw new AssertionError("nothing is ingested here");
  }

  @Override
  public Future<Void> deleteDocument(Workspace workspace, long id) {
    throw new AssertionError("contrasts delete no documents");
  }

  @Override
  public Future<Document> put(
      Workspace workspace, String collection, NewDocument document, List<NewPassage> newPassages) {
    throw new AssertionError("contrasts store no documents");
  }
}
