package io.kvasir.postgres;

import io.kvasir.retrieve.Library.NewPassage;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Writes single passages of a document that is there, with their words and vectors. */
final class PassageWriter {
  private static final String REPLACE =
      """
      UPDATE passages SET key = $4, value = $5,
        terms = coalesce($6::text::tsvector, to_tsvector($7::text::regconfig, $8::text)),
        embedding = CASE WHEN $9 THEN $10::real[]::vector END
      WHERE collection_id = $1 AND document_id = $2 AND id = $3""";

  // An encoder that is taking the place of the collection's finds that the passage lacks its
  // vector.
  private static final String FORGET_VECTORS =
      """
      DELETE FROM vectors WHERE passage = $2
        AND encoding IN (SELECT id FROM encodings WHERE collection_id = $1)""";

  private static final String ADD_VECTOR =
      "INSERT INTO vectors (encoding, passage, embedding) VALUES ($1, $2, $3::real[]::vector)";

  private static final String DELETE =
      "DELETE FROM passages WHERE collection_id = $1 AND document_id = $2 AND id = $3";

  private static final String COUNT =
      """
      UPDATE documents SET (passages, words) = (
        SELECT count(*)::int, coalesce(sum(p.words), 0) FROM passages p
        WHERE p.collection_id = $1 AND p.document_id = $2)
      WHERE id = $2""";

  private final SearchTerms terms;

  PassageWriter(SearchTerms terms) {
    this.terms = terms;
  }

  /** What a passage says from now on. */
  record Words(long document, long passage, String key, String value, float[] embedding) {}

  Future<Void> replace(SqlConnection connection, CollectionRow row, Words words) {
    String language = row.collection().language();
    Float[] vector = DocumentWriter.boxed(words.embedding());
    return OlderServers.live(connection, Migrations.VECTORS)
        .compose(
            older ->
                connection
                    .preparedQuery(REPLACE)
                    .execute(
                        Tuple.of(row.id(), words.document(), words.passage())
                            .addString(words.key())
                            .addString(words.value())
                            .addString(terms.literal(language, words.key()))
                            .addString(terms.configuration(language))
                            .addString(SearchTerms.passage(words.key()))
                            .addBoolean(older)
                            .addArrayOfFloat(vector)))
        .compose(
            replaced ->
                connection
                    .preparedQuery(FORGET_VECTORS)
                    .execute(Tuple.of(row.id(), words.passage())))
        .compose(
            forgotten ->
                connection
                    .preparedQuery(ADD_VECTOR)
                    .execute(Tuple.of(row.encoding(), words.passage()).addArrayOfFloat(vector)))
        .mapEmpty();
  }

  Future<Void> insert(
      SqlConnection connection, CollectionRow row, long document, NewPassage passage) {
    List<Tuple> rows = DocumentWriter.rows(terms, row, List.of(passage));
    return OlderServers.live(connection, Migrations.VECTORS)
        .compose(
            older ->
                connection
                    .preparedQuery(DocumentWriter.INSERT)
                    .execute(rows.get(0).addLong(document).addBoolean(older)))
        .mapEmpty();
  }

  Future<Void> delete(SqlConnection connection, long collection, long document, long passage) {
    return connection
        .preparedQuery(DELETE)
        .execute(Tuple.of(collection, document, passage))
        .mapEmpty();
  }

  /** Counts what the document holds now. */
  Future<Void> count(SqlConnection connection, long collection, long document) {
    return connection
        .preparedQuery(COUNT)
        .execute(Tuple.of(collection, document))
        .compose(counted -> WordCounts.settle(connection, collection));
  }
}
