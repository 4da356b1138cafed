package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.retrieve.Corrections.Correction;
import io.kvasir.retrieve.Corrections.Placed;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Corrections as their rows hold them, and what becomes of those when their document is written.
 */
final class CorrectionRows {
  /** Of a document: $1. Servers of the version before may have put it in without them since. */
  static final String OF_DOCUMENT =
      """
      SELECT h.id, h.passage, h.ordinal, h.heading, h.page, h.span_start, h.span_end, h.source,
             h.occurrence, h.key, h.value, h.corrected, h.corrected_at,
             h.applied AND CASE WHEN h.corrected IS NULL
               THEN NOT EXISTS (SELECT FROM passages p
                                WHERE p.document_id = h.document_id AND p.ordinal = h.ordinal)
               ELSE EXISTS (SELECT FROM passages p
                            WHERE p.document_id = h.document_id AND p.id = h.passage) END
      FROM passage_corrections h WHERE h.document_id = $1 ORDER BY h.ordinal, h.id""";

  private static final String KEPT =
      """
      SELECT h.id, h.corrected_at FROM passage_corrections h
      JOIN documents d ON d.id = h.document_id WHERE d.collection_id = $1 AND d.name = $2""";

  private static final String PLACE =
      """
      UPDATE passage_corrections SET applied = true, passage = NULL, ordinal = $2, heading = $3,
        page = $4, span_start = $5, span_end = $6, key = $7, value = $8
      WHERE id = $1""";

  private static final String SET_ASIDE =
      "UPDATE passage_corrections SET applied = false, passage = NULL WHERE id = $1";

  private static final String LINK =
      """
      UPDATE passage_corrections h SET passage = p.id FROM passages p
      WHERE h.document_id = $2 AND h.applied AND h.corrected IS NOT NULL
        AND p.collection_id = $1 AND p.document_id = $2 AND p.ordinal = h.ordinal""";

  private CorrectionRows() {}

  static Correction correction(Row row) {
    boolean applied = row.getBoolean(13);
    return new Correction(
        row.getLong(0),
        applied ? row.getLong(1) : null,
        applied,
        row.getInteger(2),
        row.getString(3),
        row.getInteger(4),
        row.getInteger(5),
        row.getInteger(6),
        row.getString(7),
        row.getInteger(8),
        row.getString(9),
        row.getString(10),
        row.getString(11),
        row.getOffsetDateTime(12).toInstant());
  }

  /** CONFLICT if somebody corrected the document since it was read. The document is locked. */
  static Future<Void> requireKnown(
      SqlConnection connection, long collection, NewDocument document) {
    return connection
        .preparedQuery(KEPT)
        .execute(Tuple.of(collection, document.name()))
        .compose(
            rows -> {
              Set<Object> kept = new HashSet<>();
              rows.forEach(
                  row -> kept.add(List.of(row.getLong(0), row.getOffsetDateTime(1).toInstant())));
              Set<Object> known = new HashSet<>();
              document
                  .corrections()
                  .forEach(
                      placed ->
                          known.add(
                              List.of(
                                  placed.correction().id(), placed.correction().correctedAt())));
              return kept.equals(known)
                  ? Future.succeededFuture()
                  : Future.failedFuture(
                      new ProblemException(
                          Kind.CONFLICT, "passages of it were corrected meanwhile; give it again"));
            });
  }

  /** Keeps where they belong, once the document's passages are written. */
  static Future<Void> place(
      SqlConnection connection, long collection, long document, List<Placed> corrections) {
    if (corrections.isEmpty()) {
      return Future.succeededFuture();
    }
    Future<Void> placed = Future.succeededFuture();
    for (Placed one : corrections) {
      placed = placed.compose(before -> place(connection, one));
    }
    return placed
        .compose(all -> connection.preparedQuery(LINK).execute(Tuple.of(collection, document)))
        .mapEmpty();
  }

  private static Future<Void> place(SqlConnection connection, Placed placed) {
    NewPassage passage = placed.passage();
    long id = placed.correction().id();
    return passage == null
        ? connection.preparedQuery(SET_ASIDE).execute(Tuple.of(id)).mapEmpty()
        : connection
            .preparedQuery(PLACE)
            .execute(
                Tuple.of(id)
                    .addInteger(passage.ordinal())
                    .addString(passage.heading())
                    .addInteger(passage.page())
                    .addInteger(passage.start())
                    .addInteger(passage.end())
                    .addString(passage.key())
                    .addString(passage.value()))
            .mapEmpty();
  }
}
