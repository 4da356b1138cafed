package io.kvasir.http;

import io.kvasir.core.Document;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ExampleQuestion;
import io.kvasir.core.Passage;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.kvasir.retrieve.Corrections.Correction;
import io.kvasir.retrieve.Library;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Collections in memory, each with the same one document. */
public final class FakeLibrary implements Library {
  final Map<String, DocumentCollection> collections = new ConcurrentHashMap<>();
  volatile boolean gone;
  volatile Workspace listed;

  public static final int PIECES = 64;
  public static final long ORIGINAL = 64L << 20;
  public final AtomicInteger asked = new AtomicInteger();
  volatile String originalName = "faq.pdf";
  public volatile int broken = -1;

  FakeLibrary() {
    collections.put("faq", Samples.COLLECTION);
  }

  @Override
  public Future<List<DocumentCollection>> collections(Workspace workspace) {
    listed = workspace;
    return gone
        ? Future.failedFuture(
            new ProblemException(
                ProblemException.Kind.UNAVAILABLE, "PostgreSQL cannot be reached."))
        : Future.succeededFuture(List.copyOf(collections.values()));
  }

  @Override
  public Future<DocumentCollection> collection(Workspace workspace, String name) {
    DocumentCollection found = collections.get(name);
    return found == null ? missing("collection " + name) : Future.succeededFuture(found);
  }

  @Override
  public Future<DocumentCollection> create(Workspace workspace, NewCollection collection) {
    String name = collection.name();
    DocumentCollection made =
        new DocumentCollection(
            name,
            collection.title() == null ? name : collection.title(),
            collection.language(),
            collection.encoder(),
            collection.values(),
            0,
            0,
            0,
            List.of());
    return collections.putIfAbsent(name, made) == null
        ? Future.succeededFuture(made)
        : Future.failedFuture(
            new ProblemException(
                ProblemException.Kind.CONFLICT, "There is a collection " + name + " already."));
  }

  @Override
  public Future<Void> setTitle(Workspace workspace, String name, String title) {
    return collection(workspace, name).mapEmpty();
  }

  @Override
  public Future<Void> setExamples(
      Workspace workspace, String name, List<ExampleQuestion> examples) {
    DocumentCollection old = collections.get(name);
    if (old == null) {
      return missing("collection " + name);
    }
    collections.put(
        name,
        new DocumentCollection(
            name,
            old.language(),
            old.encoder(),
            old.values(),
            old.documents(),
            old.passages(),
            old.bytes(),
            examples));
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> delete(Workspace workspace, String name) {
    return collections.remove(name) == null
        ? missing("collection " + name)
        : Future.succeededFuture();
  }

  @Override
  public Future<List<Document>> documents(Workspace workspace, String collection) {
    return collection(Workspace.ONLY, collection).map(found -> List.of(Samples.DOCUMENT));
  }

  @Override
  public Future<List<Section>> sections(Workspace workspace, String collection) {
    return collection(Workspace.ONLY, collection)
        .map(found -> List.of(new Section("faq.pdf", "One", 1)));
  }

  @Override
  public Future<DocumentText> document(Workspace workspace, long id) {
    return id == 3
        ? Future.succeededFuture(
            new DocumentText(
                Samples.DOCUMENT,
                "dpkg -S finds files.",
                List.of(Samples.PASSAGE),
                List.of(Samples.CORRECTION)))
        : missing("document " + id);
  }

  @Override
  public Future<KeptOriginal> original(Workspace workspace, long document) {
    return document == 3
        ? Future.succeededFuture(new KeptOriginal(originalName, "application/pdf", "ab", ORIGINAL))
        : missing("document " + document);
  }

  /** Pieces of one MiB, each of a byte of its own. */
  @Override
  public Future<byte[]> originalPiece(Workspace workspace, String sha256, int piece) {
    asked.incrementAndGet();
    if (piece == broken) {
      return missing("piece " + piece);
    }
    byte[] content = new byte[piece < PIECES ? (int) ORIGINAL / PIECES : 0];
    Arrays.fill(content, (byte) piece);
    return Future.succeededFuture(content);
  }

  @Override
  public Future<List<Correction>> corrections(
      Workspace workspace, String collection, String document) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<Void> deleteDocument(Workspace workspace, long id) {
    return id == 3 ? Future.succeededFuture() : missing("document " + id);
  }

  @Override
  public Future<List<Passage>> passages(
      Workspace workspace, String collection, Scope scope, int limit) {
    return collection(Workspace.ONLY, collection)
        .map(found -> List.of(Samples.PASSAGE, Samples.PASSAGE));
  }

  @Override
  public Future<Integer> countPassages(Workspace workspace, String collection, Scope scope) {
    return collection(Workspace.ONLY, collection).map(found -> 2);
  }

  @Override
  public Future<Document> put(
      Workspace workspace, String collection, NewDocument document, List<NewPassage> passages) {
    return Future.succeededFuture(Samples.DOCUMENT);
  }

  private static <T> Future<T> missing(String what) {
    return Future.failedFuture(
        new ProblemException(ProblemException.Kind.NOT_FOUND, "There is no " + what));
  }
}
