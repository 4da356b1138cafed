package io.kvasir.ingest;

import io.kvasir.core.Document;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ExampleQuestion;
import io.kvasir.core.Passage;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.kvasir.retrieve.Corrections.Correction;
import io.kvasir.retrieve.Encodings;
import io.kvasir.retrieve.Library;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Collections in memory, as far as ingestion fills them. */
final class Shelves implements Library, Encodings {
  /** A document as it was put. */
  record Stored(String collection, NewDocument document, List<NewPassage> passages) {}

  final Map<String, DocumentCollection> collections = new ConcurrentHashMap<>();
  final Map<String, Stored> stored = new ConcurrentHashMap<>();

  @Override
  public Future<DocumentCollection> collection(Workspace workspace, String name) {
    DocumentCollection collection = collections.get(name);
    return collection == null
        ? Future.failedFuture(new ProblemException(Kind.NOT_FOUND, "there is no " + name))
        : Future.succeededFuture(collection);
  }

  @Override
  public Future<DocumentCollection> create(Workspace workspace, NewCollection made) {
    collections.put(
        made.name(),
        new DocumentCollection(
            made.name(), made.language(), made.encoder(), made.values(), 0, 0, 0, List.of()));
    return collection(Workspace.ONLY, made.name());
  }

  @Override
  public Future<Document> put(
      Workspace workspace, String collection, NewDocument document, List<NewPassage> passages) {
    stored.put(document.name(), new Stored(collection, document, List.copyOf(passages)));
    return Future.succeededFuture(
        new Document(
            stored.size(),
            collection,
            document.name(),
            document.title(),
            document.mediaType(),
            document.pages(),
            document.text().length(),
            passages.size(),
            Instant.EPOCH,
            null,
            false));
  }

  @Override
  public Future<List<DocumentCollection>> collections(Workspace workspace) {
    throw new AssertionError("ingestion lists no collections");
  }

  @Override
  public Future<Void> setTitle(Workspace workspace, String name, String title) {
    throw new AssertionError("ingestion names nothing");
  }

  @Override
  public Future<Void> setExamples(
      Workspace workspace, String name, List<ExampleQuestion> examples) {
    throw new AssertionError("ingestion sets no examples");
  }

  @Override
  public Future<Void> delete(Workspace workspace, String name) {
    throw new AssertionError("ingestion deletes nothing");
  }

  @Override
  public Future<List<Document>> documents(Workspace workspace, String collection) {
    throw new AssertionError("ingestion lists no documents");
  }

  @Override
  public Future<List<Section>> sections(Workspace workspace, String collection) {
    throw new AssertionError("ingestion lists no sections");
  }

  @Override
  public Future<DocumentText> document(Workspace workspace, long id) {
    throw new AssertionError("ingestion opens no documents");
  }

  @Override
  public Future<KeptOriginal> original(Workspace workspace, long document) {
    throw new AssertionError("ingestion sends no files");
  }

  @Override
  public Future<byte[]> originalPiece(Workspace workspace, String sha256, int piece) {
    throw new AssertionError("ingestion sends no files");
  }

  @Override
  public Future<List<Correction>> corrections(
      Workspace workspace, String collection, String document) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<Void> deleteDocument(Workspace workspace, long id) {
    throw new AssertionError("ingestion deletes nothing");
  }

  @Override
  public Future<List<Passage>> passages(
      Workspace workspace, String collection, Scope scope, int limit) {
    throw new AssertionError("ingestion reads no passages");
  }

  @Override
  public Future<Integer> countPassages(Workspace workspace, String collection, Scope scope) {
    throw new AssertionError("ingestion counts nothing");
  }

  @Override
  public Future<Encoding> begin(
      Workspace workspace, String collection, String encoder, int dimensions) {
    throw new AssertionError("nothing here is encoded anew");
  }

  @Override
  public Future<List<Unencoded>> missing(Encoding encoding, long after, int limit) {
    throw new AssertionError("nothing here is encoded anew");
  }

  @Override
  public Future<Void> add(Encoding encoding, List<PassageVector> vectors) {
    throw new AssertionError("nothing here is encoded anew");
  }

  @Override
  public Future<Boolean> serve(Encoding encoding) {
    throw new AssertionError("nothing here is encoded anew");
  }
}
