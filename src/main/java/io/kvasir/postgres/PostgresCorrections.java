package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.retrieve.Corrections;
import io.kvasir.retrieve.Library.NewPassage;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Corrections in PostgreSQL. A passage that is left out is no row of passages, so whoever searches
 * needs to know nothing of them. Call it from a worker: Chinese is cut into words on the caller's
 * thread.
 */
public final class PostgresCorrections implements Corrections {
  private static final String COLLECTION_OF =
      """
      SELECT c.name FROM documents d JOIN collections c ON c.id = d.collection_id
      WHERE d.id = $1 AND c.workspace = $2""";

  private static final String LOCK_DOCUMENT = "SELECT FROM documents WHERE id = $1 FOR UPDATE";

  /** What a server of the version before left of a correction of the same passage gives way. */
  private static final String DROP_UNAPPLIED =
      """
      DELETE FROM passage_corrections WHERE document_id = $1 AND source = $2 AND occurrence = $3
        AND passage IS DISTINCT FROM $4""";

  private static final String AGAIN =
      """
      UPDATE passage_corrections
      SET corrected = $3, corrected_at = clock_timestamp(),
          passage = CASE WHEN $3::text IS NULL THEN NULL ELSE passage END
      WHERE document_id = $1 AND passage = $2 RETURNING id""";

  private static final String FIRST =
      """
      INSERT INTO passage_corrections
        (document_id, source, occurrence, corrected, corrected_at, passage, ordinal, heading, page,
         span_start, span_end, key, value)
      SELECT p.document_id, $4, $5, $6, clock_timestamp(),
             CASE WHEN $6::text IS NULL THEN NULL ELSE p.id END,
             p.ordinal, p.heading, p.page, p.span_start, p.span_end, p.key, p.value
      FROM passages p WHERE p.collection_id = $1 AND p.document_id = $2 AND p.id = $3
      RETURNING id""";

  private final Database database;
  private final CollectionTable collections;
  private final PassageWriter writer;

  /** The corrections in a migrated database. Loads a dictionary (about 0.3 s). */
  public PostgresCorrections(Database database) {
    this.database = database;
    this.collections = new CollectionTable(database);
    this.writer = new PassageWriter(new SearchTerms());
  }

  @Override
  public Future<List<Correction>> of(Workspace workspace, long document) {
    return collection(workspace, document)
        .compose(
            row ->
                database.list(
                    CorrectionRows.OF_DOCUMENT, Tuple.of(document), CorrectionRows::correction));
  }

  @Override
  public Future<Correction> correct(Workspace workspace, long document, NewCorrection correction) {
    Encoded vector = correction.vector();
    return changed(
            workspace,
            document,
            vector,
            (connection, row) ->
                keep(connection, row.id(), document, correction)
                    .compose(id -> write(connection, row, document, correction).map(id)))
        .compose(
            id ->
                of(workspace, document)
                    .map(
                        all ->
                            all.stream()
                                .filter(each -> each.id() == id)
                                .findFirst()
                                .orElseThrow(() -> gone("correction", id))));
  }

  private static Future<Long> keep(
      SqlConnection connection, long collection, long document, NewCorrection correction) {
    return connection
        .preparedQuery(DROP_UNAPPLIED)
        .execute(
            Tuple.of(document, correction.source(), correction.occurrence(), correction.passage()))
        .compose(
            dropped ->
                connection
                    .preparedQuery(AGAIN)
                    .execute(Tuple.of(document, correction.passage()).addString(correction.text())))
        .compose(
            again ->
                again.size() > 0
                    ? Future.succeededFuture(again)
                    : connection
                        .preparedQuery(FIRST)
                        .execute(
                            Tuple.of(collection, document, correction.passage())
                                .addString(correction.source())
                                .addInteger(correction.occurrence())
                                .addString(correction.text())))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.failedFuture(
                        new ProblemException(
                            Kind.CONFLICT, "the document was read again meanwhile; open it again"))
                    : Future.succeededFuture(rows.iterator().next().getLong(0)));
  }

  private Future<Void> write(
      SqlConnection connection, CollectionRow row, long document, NewCorrection correction) {
    String text = correction.text();
    String key = correction.key();
    Encoded vector = correction.vector();
    return text == null || key == null || vector == null
        ? writer.delete(connection, row.id(), document, correction.passage())
        : writer.replace(
            connection,
            row,
            new PassageWriter.Words(document, correction.passage(), key, text, vector.embedding()));
  }

  @Override
  public Future<Void> withdraw(
      Workspace workspace, long document, long correction, Encoded vector) {
    return changed(
        workspace,
        document,
        vector,
        (connection, row) ->
            connection
                .preparedQuery(CorrectionRows.OF_DOCUMENT)
                .execute(Tuple.of(document))
                .map(
                    rows ->
                        Database.each(rows, CorrectionRows::correction).stream()
                            .filter(each -> each.id() == correction)
                            .findFirst()
                            .orElseThrow(() -> gone("correction", correction)))
                .compose(kept -> restore(connection, row, document, kept, vector.embedding()))
                .compose(
                    restored ->
                        connection
                            .preparedQuery("DELETE FROM passage_corrections WHERE id = $1")
                            .execute(Tuple.of(correction)))
                .mapEmpty());
  }

  private Future<Void> restore(
      SqlConnection connection,
      CollectionRow row,
      long document,
      Correction kept,
      float[] embedding) {
    if (!kept.applied()) {
      return Future.succeededFuture();
    }
    Long passage = kept.passage();
    return passage != null
        ? writer.replace(
            connection,
            row,
            new PassageWriter.Words(document, passage, kept.key(), kept.value(), embedding))
        : writer.insert(
            connection,
            row,
            document,
            new NewPassage(
                kept.ordinal(),
                kept.heading(),
                kept.page(),
                kept.start(),
                kept.end(),
                kept.key(),
                kept.value(),
                embedding));
  }

  /** What is done in the transaction. */
  private interface Change<T> {
    Future<T> in(SqlConnection connection, CollectionRow row);
  }

  /** Locks in the order in which whoever writes or deletes a document does. */
  private <T> Future<T> changed(
      Workspace workspace, long document, @Nullable Encoded vector, Change<T> change) {
    return collection(workspace, document)
        .compose(
            row ->
                database.transaction(
                    connection ->
                        connection
                            .preparedQuery(DocumentWriter.LOCK_COLLECTION)
                            .execute(Tuple.of(row.id()))
                            .compose(
                                locked ->
                                    vector == null
                                            || Database.each(locked, each -> each.getString(0))
                                                .stream()
                                                .allMatch(
                                                    now ->
                                                        now.equals(row.collection().encoder())
                                                            && now.equals(vector.encoder()))
                                        ? connection
                                            .preparedQuery(LOCK_DOCUMENT)
                                            .execute(Tuple.of(document))
                                        : Future.failedFuture(
                                            new ProblemException(
                                                Kind.CONFLICT,
                                                "the collection is encoded otherwise by now; try"
                                                    + " again")))
                            .compose(locked -> change.in(connection, row))
                            .compose(
                                done -> writer.count(connection, row.id(), document).map(done))));
  }

  private Future<CollectionRow> collection(Workspace workspace, long document) {
    return database
        .list(COLLECTION_OF, Tuple.of(document, workspace.name()), row -> row.getString(0))
        .compose(
            names ->
                names.isEmpty()
                    ? Future.failedFuture(gone("document", document))
                    : collections.named(workspace, Objects.requireNonNull(names.get(0))));
  }

  private static ProblemException gone(String what, long id) {
    return new ProblemException(
        Kind.NOT_FOUND, "there is no %s %d; it may have been deleted".formatted(what, id));
  }
}
