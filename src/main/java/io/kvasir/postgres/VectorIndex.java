package io.kvasir.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/** The index of nearest neighbours over the vectors of one collection and encoder. */
public final class VectorIndex {
  /** From how many passages on there is one; below, reading every row is exact and takes 2-4 ms. */
  public static final int FROM_PASSAGES = 5_000;

  // Two that make the same index at the same time would be in each other's way.
  private static final int LOCK = 0x6b_76_61_73;

  // Until the partition is analysed, the planner takes it for empty and does not use the index.
  private static final String ADD =
      """
      SET statement_timeout = 0; SELECT pg_advisory_xact_lock(%2$d, %1$d);
      SELECT add_vector_index(%1$d); ANALYZE vectors_%1$d""";

  private static final String LACKING =
      """
      SELECT e.id FROM encodings e
      JOIN collections c ON c.id = e.collection_id AND c.encoder = e.encoder
      JOIN documents d ON d.collection_id = c.id
      WHERE NOT has_vector_index(e.id)
      GROUP BY e.id HAVING sum(d.passages) >= $1""";

  private VectorIndex() {}

  /**
   * Adds those that are not there although it pays, as after the vectors came into their table. A
   * collection is searched meanwhile, exactly and slower; nothing is put into it.
   */
  public static Future<Void> addLacking(Database database) {
    return addLacking(database, FROM_PASSAGES);
  }

  static Future<Void> addLacking(Database database, int from) {
    return database
        .list(LACKING, Tuple.of(from), row -> row.getLong(0))
        .compose(
            lacking -> {
              Future<Void> added = Future.succeededFuture();
              for (long encoding : lacking) {
                added = added.compose(before -> add(database, encoding));
              }
              return added;
            });
  }

  /** Adds it where it is not there; takes about 0.2 s for 1,000 vectors. */
  static Future<Void> add(Database database, long encoding) {
    return database.connection(
        connection ->
            connection
                .query(ADD.formatted(encoding, LOCK))
                .execute()
                .eventually(() -> connection.query("RESET statement_timeout").execute())
                .mapEmpty());
  }
}
