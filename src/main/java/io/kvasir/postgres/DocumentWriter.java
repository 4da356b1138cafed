package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import io.kvasir.retrieve.Library.Original;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a document and its passages in one transaction. */
final class DocumentWriter {
  /** How many passages go to the server at once. */
  static final int BATCH = 500;

  private static final String UPSERT =
      """
      INSERT INTO documents
        (collection_id, name, title, media_type, pages, characters, passages, body, reader, original,
         bytes, read_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now())
      ON CONFLICT (collection_id, name) DO UPDATE SET
        title = excluded.title, media_type = excluded.media_type, pages = excluded.pages,
        characters = excluded.characters, passages = excluded.passages, body = excluded.body,
        ingested_at = now(), reader = excluded.reader, original = excluded.original,
        bytes = excluded.bytes, read_at = now()
      RETURNING id""";

  // In the order in which whoever deletes locks them, too.
  static final String LOCK_COLLECTION =
      "SELECT encoder FROM collections WHERE id = $1 FOR KEY SHARE";
  private static final String LOCK_DOCUMENT =
      "SELECT original FROM documents WHERE collection_id = $1 AND name = $2 FOR UPDATE";

  // Servers of the version before search passages.embedding.
  static final String INSERT =
      """
      WITH added AS (
        INSERT INTO passages
          (collection_id, ordinal, heading, page, span_start, span_end, key, value, embedding, terms,
           document_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN $15 THEN $9::real[]::vector END,
                coalesce($10::text::tsvector, to_tsvector($11::text::regconfig, $13::text)), $14)
        RETURNING id)
      INSERT INTO vectors (encoding, passage, embedding)
      SELECT $12, id, $9::real[]::vector FROM added
      ON CONFLICT DO NOTHING""";

  private static final String COUNT_WORDS =
      """
      UPDATE documents SET words = (
        SELECT coalesce(sum(p.words), 0) FROM passages p
        WHERE p.collection_id = $1 AND p.document_id = $2)
      WHERE id = $2""";

  private final SearchTerms terms;
  private final OriginalTable originals;

  DocumentWriter(SearchTerms terms, OriginalTable originals) {
    this.terms = terms;
    this.originals = originals;
  }

  /** The passages as rows. Cuts Chinese into words: some 10 ms for 100 passages. */
  List<Tuple> rows(CollectionRow collection, List<NewPassage> passages) {
    return rows(terms, collection, passages);
  }

  static List<Tuple> rows(SearchTerms terms, CollectionRow collection, List<NewPassage> passages) {
    String language = collection.collection().language();
    String configuration = terms.configuration(language);
    List<Tuple> rows = new ArrayList<>(passages.size());
    for (NewPassage passage : passages) {
      if (passage.embedding().length != collection.dimensions()) {
        throw new ProblemException(
            Kind.INVALID,
            "the collection %s holds embeddings of %d dimensions, not %d; encode with %s"
                .formatted(
                    collection.collection().name(),
                    collection.dimensions(),
                    passage.embedding().length,
                    collection.collection().encoder()));
      }
      rows.add(
          Tuple.tuple()
              .addLong(collection.id())
              .addInteger(passage.ordinal())
              .addString(passage.heading())
              .addInteger(passage.page())
              .addInteger(passage.start())
              .addInteger(passage.end())
              .addString(passage.key())
              .addString(passage.value())
              .addArrayOfFloat(boxed(passage.embedding()))
              .addString(terms.literal(language, passage.key()))
              .addString(configuration)
              .addLong(collection.encoding())
              .addString(SearchTerms.passage(passage.key())));
    }
    return rows;
  }

  /**
   * Writes; gives the document's id, which stays when a document is written again. CONFLICT if the
   * passages were encoded otherwise than the collection is by now.
   */
  Future<Long> write(
      SqlConnection connection, CollectionRow collection, NewDocument document, List<Tuple> rows) {
    return lock(connection, collection, document)
        .compose(locked -> original(connection, document))
        .compose(original -> upsert(connection, collection, document, original, rows.size()))
        .compose(
            id ->
                connection
                    .preparedQuery(
                        "DELETE FROM passages WHERE collection_id = $1 AND document_id = $2")
                    .execute(Tuple.of(collection.id(), id))
                    .compose(deleted -> OlderServers.live(connection, Migrations.VECTORS))
                    .onSuccess(older -> rows.forEach(row -> row.addLong(id).addBoolean(older)))
                    .compose(older -> insertFrom(connection, rows, 0))
                    .compose(
                        inserted ->
                            connection
                                .preparedQuery(COUNT_WORDS)
                                .execute(Tuple.of(collection.id(), id)))
                    .compose(
                        counted ->
                            CorrectionRows.place(
                                connection, collection.id(), id, document.corrections()))
                    .compose(placed -> WordCounts.settle(connection, collection.id()))
                    .map(id));
  }

  private static Future<Void> lock(
      SqlConnection connection, CollectionRow collection, NewDocument document) {
    return connection
        .preparedQuery(LOCK_COLLECTION)
        .execute(Tuple.of(collection.id()))
        .compose(locked -> requireEncoder(collection, document, locked))
        .compose(
            locked ->
                connection
                    .preparedQuery(LOCK_DOCUMENT)
                    .execute(Tuple.of(collection.id(), document.name())))
        .compose(
            found ->
                document.again() && !isOf(found, document.original())
                    ? Future.failedFuture(
                        new ProblemException(
                            Kind.CONFLICT,
                            "was deleted or replaced meanwhile; what is there now stays"))
                    : CorrectionRows.requireKnown(connection, collection.id(), document));
  }

  /** What is gone by now, the database itself refuses. */
  private static Future<Void> requireEncoder(
      CollectionRow collection, NewDocument document, RowSet<Row> locked) {
    String before = collection.collection().encoder();
    String used = document.encoder() == null ? before : document.encoder();
    for (Row row : locked) {
      String now = row.getString(0);
      if (!now.equals(before) || !now.equals(used)) {
        return Future.failedFuture(
            new ProblemException(
                Kind.CONFLICT,
                "the collection %s is encoded with %s by now; encode the document with that, too"
                    .formatted(collection.collection().name(), now)));
      }
    }
    return Future.succeededFuture();
  }

  private static boolean isOf(RowSet<Row> found, @Nullable Original original) {
    return original != null
        && found.size() > 0
        && OriginalTable.key(original.sha256()).equals(found.iterator().next().getBuffer(0));
  }

  private Future<Optional<Buffer>> original(SqlConnection connection, NewDocument document) {
    Original original = document.original();
    return original == null
        ? Future.succeededFuture(Optional.empty())
        : originals.keep(connection, original);
  }

  private static Future<Long> upsert(
      SqlConnection connection,
      CollectionRow collection,
      NewDocument document,
      Optional<Buffer> kept,
      int passages) {
    Original original = document.original();
    Tuple values =
        Tuple.of(collection.id(), document.name(), document.title(), document.mediaType())
            .addInteger(document.pages())
            .addInteger(document.text().length())
            .addInteger(passages)
            .addString(document.text())
            .addInteger(document.reader())
            .addBuffer(kept.orElse(null))
            .addLong(kept.isEmpty() || original == null ? null : original.bytes());
    return connection
        .preparedQuery(UPSERT)
        .execute(values)
        .map(stored -> stored.iterator().next().getLong(0));
  }

  private static Future<Void> insertFrom(SqlConnection connection, List<Tuple> rows, int first) {
    if (first >= rows.size()) {
      return Future.succeededFuture();
    }
    return connection
        .preparedQuery(INSERT)
        .executeBatch(rows.subList(first, Math.min(first + BATCH, rows.size())))
        .compose(written -> insertFrom(connection, rows, first + BATCH));
  }

  static Float[] boxed(float[] vector) {
    Float[] boxed = new Float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      boxed[i] = vector[i];
    }
    return boxed;
  }
}
