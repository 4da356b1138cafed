package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.memory.KeyTable;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/**
 * Attention as SQL: inner products in pgvector, softmax over all keys of a collection, the weighted
 * sum of values. Exact, by a scan of every key.
 */
public final class PostgresKeyTable implements KeyTable {
  /** The four steps: query, similarity, selection, content. What is asked of them stands behind. */
  private static final String SHARES =
      """
      WITH scored AS MATERIALIZED (
        SELECT passage_id, place, token, value, -(key <#> $2::real[]::halfvec) AS score
        FROM attention_rows WHERE collection_id = $1),
      weighed AS MATERIALIZED (
        SELECT *, exp(score - (SELECT max(score) FROM scored)) AS weight FROM scored),
      attention AS (
        SELECT *, weight / (SELECT sum(weight) FROM weighed) AS share FROM weighed)
      """;

  private static final String KEYS =
      SHARES
          + "SELECT passage_id, place, token, share FROM attention ORDER BY share DESC, passage_id, place LIMIT $3";

  private static final String PASSAGES =
      SHARES
          + """
            SELECT a.passage_id, d.name, p.heading, a.share
            FROM (SELECT passage_id, sum(share) AS share FROM attention GROUP BY passage_id) a
            JOIN passages p ON p.id = a.passage_id JOIN documents d ON d.id = p.document_id
            ORDER BY a.share DESC, a.passage_id LIMIT $3""";

  private static final String CONTENT =
      SHARES
          + """
            SELECT sum(value::vector * array_fill(share::real, ARRAY[vector_dims(value)])::vector)::real[]
            FROM attention""";

  private static final String BLOCKS =
      """
      SELECT c.id, count(e.id)::int, coalesce(max(e.first), 0),
             coalesce(max(cardinality(e.ids) - e.first), 0),
             coalesce(sum(cardinality(e.ids) - e.first), 0)::bigint
      FROM collections c LEFT JOIN memory_entries e
        ON e.collection_id = c.id AND e.decoder = $3 AND e.precision = $4 AND e.passage_id IS NOT NULL
      WHERE c.workspace = $1 AND c.name = $2 GROUP BY c.id""";

  private final Database database;
  private final CollectionTable collections;
  private final int most;

  /**
   * A table in a migrated database.
   *
   * @param most keys of a collection
   */
  public PostgresKeyTable(Database database, int most) {
    this.database = database;
    this.collections = new CollectionTable(database);
    this.most = most;
  }

  @Override
  public String statement() {
    return SHARES + "SELECT passage_id, place, share FROM attention ORDER BY share DESC";
  }

  @Override
  public Future<Blocks> blocks(Workspace workspace, String collection, Head head) {
    return collections
        .named(workspace, collection)
        .compose(
            there ->
                database.query(
                    BLOCKS,
                    Tuple.of(
                        workspace.name(), collection, head.decoder(), head.precision().toString())))
        .compose(
            rows -> {
              Row row = rows.iterator().next();
              if (row.getInteger(1) == 0) {
                return refused(
                    Kind.CONFLICT,
                    "no keys and values of %s's passages are kept for this decoder; keep them with: kvasir memory build %s"
                        .formatted(collection, collection));
              }
              return row.getLong(4) > most
                  ? refused(
                      Kind.TOO_LARGE,
                      "%s has %,d stored keys, more than are laid out for a statement (memory.laid-keys: %,d)"
                          .formatted(collection, row.getLong(4), most))
                  : Future.succeededFuture(
                      new Blocks(
                          row.getLong(0),
                          row.getInteger(1),
                          row.getInteger(2),
                          row.getInteger(3),
                          row.getLong(4)));
            });
  }

  private static <T> Future<T> refused(Kind kind, String why) {
    return Future.failedFuture(new ProblemException(kind, why));
  }

  @Override
  public Future<Answer> attend(Blocks blocks, Head head, float[] query, int most) {
    return database.transaction(
        connection -> attend(connection, blocks.collection(), head, query, most));
  }

  private static Future<Answer> attend(
      SqlConnection connection, long collection, Head head, float[] query, int most) {
    long begin = System.nanoTime();
    return HeadRowsCopy.ensure(connection, collection, head)
        .compose(
            there -> {
              long copied = System.nanoTime();
              Tuple asked = Tuple.of(collection).addArrayOfFloat(DocumentWriter.boxed(query));
              Tuple limited = Tuple.of(collection, DocumentWriter.boxed(query), most);
              return connection
                  .preparedQuery(KEYS)
                  .execute(limited)
                  .compose(
                      keys -> {
                        long scanned = System.nanoTime();
                        return connection
                            .preparedQuery(PASSAGES)
                            .execute(limited)
                            .compose(
                                passages ->
                                    connection
                                        .preparedQuery(CONTENT)
                                        .execute(asked)
                                        .map(
                                            content ->
                                                new Answer(
                                                    Database.each(
                                                        passages, PostgresKeyTable::attended),
                                                    Database.each(keys, PostgresKeyTable::key),
                                                    floats(content.iterator().next()),
                                                    (copied - begin) / 1e6,
                                                    (scanned - copied) / 1e6)));
                      });
            });
  }

  private static Attended attended(Row row) {
    return new Attended(row.getLong(0), row.getString(1), row.getString(2), row.getDouble(3));
  }

  private static Key key(Row row) {
    return new Key(row.getLong(0), row.getInteger(1), row.getInteger(2), row.getDouble(3));
  }

  private static float[] floats(Row row) {
    List<Float> numbers = List.of(row.getArrayOfFloats(0));
    float[] content = new float[numbers.size()];
    for (int i = 0; i < content.length; i++) {
      content[i] = numbers.get(i);
    }
    return content;
  }
}
