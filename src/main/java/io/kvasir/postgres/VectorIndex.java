package io.kvasir.postgres;

import io.vertx.core.Future;

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

  private VectorIndex() {}

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
