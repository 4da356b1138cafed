package io.kvasir.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kvasir.core.Document;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ExampleQuestion;
import io.kvasir.core.Passage;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.kvasir.json.Json;
import io.kvasir.retrieve.CollectionName;
import io.kvasir.retrieve.Corrections.Correction;
import io.kvasir.retrieve.Library;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The library in PostgreSQL. Callable from any thread; {@link #put} also cuts Chinese into words on
 * the caller's thread, so call it from a worker.
 */
public final class PostgresLibrary implements Library {
  private static final String DOCUMENT =
      """
      SELECT d.id FROM documents d JOIN collections c ON c.id = d.collection_id
      WHERE c.workspace = $1 AND c.name = $2 AND d.name = $3""";

  private final Database database;
  private final CollectionTable collections;
  private final DocumentWriter writer;
  private final OriginalTable originals;
  private final int indexFrom;

  /** The library in a migrated database, which keeps files. Loads a dictionary (about 0.3 s). */
  public PostgresLibrary(Database database) {
    this(database, true);
  }

  /**
   * The library in a migrated database. Loads a dictionary (about 0.3 s).
   *
   * @param keepsOriginals whether the files of documents are kept
   */
  public PostgresLibrary(Database database, boolean keepsOriginals) {
    this(database, keepsOriginals, VectorIndex.FROM_PASSAGES);
  }

  PostgresLibrary(Database database, boolean keepsOriginals, int indexFrom) {
    this.database = database;
    this.collections = new CollectionTable(database);
    this.originals = new OriginalTable(database, keepsOriginals);
    this.writer = new DocumentWriter(new SearchTerms(), originals);
    this.indexFrom = indexFrom;
  }

  @Override
  public Future<List<DocumentCollection>> collections(Workspace workspace) {
    return collections
        .all(workspace)
        .map(rows -> rows.stream().map(CollectionRow::collection).toList());
  }

  @Override
  public Future<DocumentCollection> collection(Workspace workspace, String name) {
    return collections.named(workspace, name).map(CollectionRow::collection);
  }

  @Override
  public Future<DocumentCollection> create(Workspace workspace, NewCollection collection) {
    String name = collection.name();
    int dimensions = collection.dimensions();
    try {
      CollectionName.checked(name);
    } catch (ProblemException e) {
      return Future.failedFuture(e);
    }
    return database
        .transaction(
            connection ->
                connection
                    .preparedQuery(
                        "INSERT INTO collections"
                            + " (name, language, encoder, dimensions, workspace, value_kind, title)"
                            + " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id")
                    .execute(
                        Tuple.of(name, collection.language(), collection.encoder(), dimensions)
                            .addString(workspace.name())
                            .addString(collection.values().toString())
                            .addString(collection.title()))
                    .map(rows -> rows.iterator().next().getLong(0))
                    .compose(
                        id ->
                            connection
                                .preparedQuery("SELECT add_partition($1, $2)")
                                .execute(Tuple.of(id, dimensions))))
        .recover(
            failure ->
                Future.failedFuture(
                    DatabaseFailure.isDuplicate(failure)
                        ? new ProblemException(
                            Kind.CONFLICT, "there is a collection %s already".formatted(name))
                        : failure))
        .compose(made -> collection(workspace, name));
  }

  @Override
  public Future<Void> setTitle(Workspace workspace, String name, @Nullable String title) {
    return collections.setTitle(workspace, name, title);
  }

  @Override
  public Future<Void> setExamples(
      Workspace workspace, String name, List<ExampleQuestion> examples) {
    String json;
    try {
      json = Json.MAPPER.writeValueAsString(examples);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("questions are plain records", e);
    }
    return collections
        .named(workspace, name)
        .compose(
            row ->
                database.query(
                    "UPDATE collections SET examples = $2::text::json WHERE id = $1",
                    Tuple.of(row.id(), json)))
        .mapEmpty();
  }

  @Override
  public Future<Void> delete(Workspace workspace, String name) {
    return collections
        .named(workspace, name)
        .compose(
            row ->
                database.transaction(
                    connection ->
                        connection
                            .preparedQuery("SELECT FROM collections WHERE id = $1 FOR UPDATE")
                            .execute(Tuple.of(row.id()))
                            .compose(
                                locked ->
                                    connection
                                        .preparedQuery("SELECT drop_partition($1)")
                                        .execute(Tuple.of(row.id())))
                            .compose(
                                dropped ->
                                    connection
                                        .preparedQuery("DELETE FROM collections WHERE id = $1")
                                        .execute(Tuple.of(row.id())))))
        .mapEmpty();
  }

  @Override
  public Future<List<Document>> documents(Workspace workspace, String collection) {
    return collections
        .named(workspace, collection)
        .compose(
            row ->
                database.list(
                    "SELECT " + DocumentRow.SELECT + "WHERE c.id = $1 ORDER BY d.name",
                    Tuple.of(row.id()),
                    found -> DocumentRow.document(found, 0)));
  }

  @Override
  public Future<List<Section>> sections(Workspace workspace, String collection) {
    return collections
        .named(workspace, collection)
        .compose(
            row -> database.list(SectionRows.SELECT, Tuple.of(row.id()), SectionRows::section));
  }

  @Override
  public Future<DocumentText> document(Workspace workspace, long id) {
    return database
        .query(
            "SELECT d.body, " + DocumentRow.SELECT + "WHERE d.id = $1 AND c.workspace = $2",
            Tuple.of(id, workspace.name()))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return gone(id);
              }
              Row row = rows.iterator().next();
              return database
                  .list(
                      "SELECT "
                          + PassageRow.COLUMNS
                          + " FROM passages p JOIN documents d ON d.id = p.document_id"
                          + " WHERE p.document_id = $1 AND p.collection_id = d.collection_id"
                          + " ORDER BY p.ordinal",
                      Tuple.of(id),
                      PassageRow::passage)
                  .compose(
                      passages ->
                          corrections(id)
                              .map(
                                  corrections ->
                                      new DocumentText(
                                          DocumentRow.document(row, 1),
                                          row.getString(0),
                                          passages,
                                          corrections)));
            });
  }

  private Future<List<Correction>> corrections(long document) {
    return database.list(
        CorrectionRows.OF_DOCUMENT, Tuple.of(document), CorrectionRows::correction);
  }

  @Override
  public Future<List<Correction>> corrections(
      Workspace workspace, String collection, String document) {
    return database
        .list(DOCUMENT, Tuple.of(workspace.name(), collection, document), row -> row.getLong(0))
        .compose(
            ids -> ids.isEmpty() ? Future.succeededFuture(List.of()) : corrections(ids.get(0)));
  }

  @Override
  public Future<KeptOriginal> original(Workspace workspace, long document) {
    return originals.of(workspace, document);
  }

  @Override
  public Future<byte[]> originalPiece(Workspace workspace, String sha256, int piece) {
    return originals.piece(workspace, sha256, piece);
  }

  @Override
  public Future<Void> deleteDocument(Workspace workspace, long id) {
    return database
        .transaction(
            connection ->
                connection
                    .preparedQuery(
                        "DELETE FROM documents d USING collections c WHERE d.id = $1"
                            + " AND c.id = d.collection_id AND c.workspace = $2 RETURNING c.id")
                    .execute(Tuple.of(id, workspace.name()))
                    .compose(
                        rows ->
                            rows.size() == 0
                                ? gone(id)
                                : WordCounts.settle(connection, rows.iterator().next().getLong(0))))
        .mapEmpty();
  }

  @Override
  public Future<List<Passage>> passages(
      Workspace workspace, String collection, Scope scope, int limit) {
    return ofScope(
        workspace,
        collection,
        scope,
        "SELECT " + PassageRow.COLUMNS,
        "ORDER BY p.document_id, p.ordinal",
        limit,
        PassageRow::passage);
  }

  @Override
  public Future<Integer> countPassages(Workspace workspace, String collection, Scope scope) {
    return ofScope(
            workspace, collection, scope, "SELECT count(*)::int", "", 1, row -> row.getInteger(0))
        .map(counts -> counts.get(0));
  }

  private <T> Future<List<T>> ofScope(
      Workspace workspace,
      String collection,
      Scope scope,
      String select,
      String order,
      int limit,
      Function<Row, T> mapping) {
    return collections
        .named(workspace, collection)
        .compose(
            row ->
                ScopeRows.find(database, row.id(), scope)
                    .map(
                        chosen -> {
                          Tuple values = Tuple.of(row.id(), limit);
                          chosen.addTo(values);
                          return values;
                        })
                    .compose(
                        values ->
                            database.list(
                                select
                                    + " FROM passages p JOIN documents d ON d.id = p.document_id"
                                    + " WHERE p.collection_id = $1 "
                                    + (scope.isAll() ? "" : ScopeRows.condition(3, 4))
                                    + order
                                    + " LIMIT $2",
                                values,
                                mapping)));
  }

  @Override
  public Future<Document> put(
      Workspace workspace, String collection, NewDocument document, List<NewPassage> passages) {
    List<NewPassage> copied = List.copyOf(passages);
    return collections
        .named(workspace, collection)
        .compose(
            row ->
                database
                    .vertx()
                    .executeBlocking(() -> writer.rows(row, copied), false)
                    .compose(
                        rows ->
                            database.transaction(
                                connection -> writer.write(connection, row, document, rows)))
                    .compose(
                        id -> index(workspace, row).compose(indexed -> document(workspace, id)))
                    .map(DocumentText::document));
  }

  /** Adds the index of nearest neighbours when a collection has grown past the threshold. */
  private Future<Void> index(Workspace workspace, CollectionRow before) {
    return collections
        .named(workspace, before.collection().name())
        .compose(
            now ->
                now.nearest() || now.collection().passages() < indexFrom
                    ? Future.succeededFuture()
                    : VectorIndex.add(database, now.encoding()));
  }

  private static <T> Future<T> gone(long id) {
    return Future.failedFuture(
        new ProblemException(
            Kind.NOT_FOUND, "there is no document %d; it may have been deleted".formatted(id)));
  }
}
