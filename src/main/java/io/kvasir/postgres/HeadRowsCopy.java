package io.kvasir.postgres;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.memory.KeyTable.Head;
import io.kvasir.numeric.HalfPrecision;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies the keys and values of one head out of what is kept of passages into rows that pgvector
 * can work on: one head of a collection at a time, and again when other passages are kept.
 */
final class HeadRowsCopy {
  /** Passages that are read at a time: some two megabytes. */
  private static final int TOGETHER = 16;

  // Whoever asks for another head of the same collection waits.
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('attention rows', $1))";

  private static final String THERE =
      """
      SELECT 1 FROM attention_heads h,
        (SELECT count(*) AS entries, max(id) AS newest FROM memory_entries
         WHERE collection_id = $1 AND decoder = $2 AND precision = $5 AND passage_id IS NOT NULL) e
      WHERE h.collection_id = $1 AND h.decoder = $2 AND h.layer = $3 AND h.kv_head = $4
        AND h.entries = e.entries AND h.newest = e.newest""";

  private static final String FORGET = "DELETE FROM attention_rows WHERE collection_id = $1";

  private static final String NEXT =
      """
      SELECT e.id, e.passage_id, e.ids[e.first + 1:], k.content, v.content FROM memory_entries e
      JOIN memory_parts k ON k.entry_id = e.id AND k.part = $4
      JOIN memory_parts v ON v.entry_id = e.id AND v.part = $4 + 1
      WHERE e.collection_id = $1 AND e.decoder = $2 AND e.precision = $3 AND e.passage_id IS NOT NULL
        AND e.id > $5 ORDER BY e.id LIMIT $6""";

  private static final String WRITE =
      """
      INSERT INTO attention_rows
      SELECT $1, $2, i - 1, ($3::int[])[i],
        ($4::real[])[(i - 1) * $6 + 1:i * $6]::halfvec, ($5::real[])[(i - 1) * $6 + 1:i * $6]::halfvec
      FROM generate_series(1, cardinality($3::int[])) i""";

  private static final String NOTE =
      """
      INSERT INTO attention_heads
      SELECT $1, $2, $3, $4, count(*), max(id) FROM memory_entries
      WHERE collection_id = $1 AND decoder = $2 AND precision = $5 AND passage_id IS NOT NULL
      ON CONFLICT (collection_id) DO UPDATE SET decoder = excluded.decoder, layer = excluded.layer,
        kv_head = excluded.kv_head, entries = excluded.entries, newest = excluded.newest""";

  private HeadRowsCopy() {}

  /** Copies them unless they are there. */
  static Future<Void> ensure(SqlConnection connection, long collection, Head head) {
    Tuple whose =
        Tuple.of(
            collection, head.decoder(), head.layer(), head.kvHead(), head.precision().toString());
    return connection
        .preparedQuery(LOCK)
        .execute(Tuple.of(collection))
        .compose(locked -> connection.preparedQuery(THERE).execute(whose))
        .compose(
            there ->
                there.size() > 0
                    ? Future.succeededFuture()
                    : connection
                        .preparedQuery(FORGET)
                        .execute(Tuple.of(collection))
                        .compose(gone -> next(connection, collection, head, 0))
                        .compose(copied -> connection.preparedQuery(NOTE).execute(whose))
                        .mapEmpty());
  }

  private static Future<Void> next(
      SqlConnection connection, long collection, Head head, long after) {
    return connection
        .preparedQuery(NEXT)
        .execute(
            Tuple.of(
                collection,
                head.decoder(),
                head.precision().toString(),
                2 * head.layer(),
                after,
                TOGETHER))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.succeededFuture()
                    : write(connection, collection, head, rows)
                        .compose(last -> next(connection, collection, head, last)));
  }

  /** The id of the last of them. */
  private static Future<Long> write(
      SqlConnection connection, long collection, Head head, RowSet<Row> rows) {
    List<Tuple> written = new ArrayList<>();
    long last = 0;
    for (Row row : rows) {
      last = row.getLong(0);
      Integer[] tokens = row.getArrayOfIntegers(2);
      written.add(
          Tuple.of(collection, row.getLong(1))
              .addArrayOfInteger(tokens)
              .addArrayOfFloat(numbers(row.getBuffer(3).getBytes(), head, tokens.length))
              .addArrayOfFloat(numbers(row.getBuffer(4).getBytes(), head, tokens.length))
              .addInteger(head.size()));
    }
    long id = last;
    return connection.preparedQuery(WRITE).executeBatch(written).map(done -> id);
  }

  /** One head of [kvHeads, tokens, size]. */
  private static Float[] numbers(byte[] content, Head head, int tokens) {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.nativeOrder());
    int count = tokens * head.size();
    bytes.position(head.kvHead() * count * head.precision().bytes());
    Float[] numbers = new Float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] =
          head.precision() == AttentionPrecision.FLOAT16
              ? Float.valueOf(HalfPrecision.toFloat(bytes.getShort()))
              : Float.valueOf(bytes.getFloat());
    }
    return numbers;
  }
}
