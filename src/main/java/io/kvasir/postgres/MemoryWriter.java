package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.kvasir.core.Workspace;
import io.kvasir.generate.StoredRows;
import io.kvasir.memory.MemoryStore;
import io.kvasir.memory.MemoryStore.Source;
import io.kvasir.memory.RowsKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of prompts and passages, each in one transaction, within what all of them may take.
 */
final class MemoryWriter {
  // A collection that is being switched off waits, so that nothing comes back behind it.
  private static final String ENTRY =
      """
      INSERT INTO memory_entries
        (collection_id, decoder, ids_hash, ids, parts, bytes, first, precision, passage_id)
      SELECT id, $3, $4, $5, $6, $7, $8, $9, $10 FROM collections
      WHERE workspace = $1 AND name = $2 AND memory FOR NO KEY UPDATE
      ON CONFLICT DO NOTHING RETURNING id""";

  // Against whoever deletes it meanwhile and then would not find its rows.
  private static final String HOLD_PASSAGE =
      """
      SELECT FROM passages p JOIN collections c ON c.id = p.collection_id
      WHERE c.workspace = $1 AND c.name = $2 AND p.id = $3 FOR KEY SHARE OF p""";

  private static final String TOTAL =
      """
      SELECT coalesce(sum(e.bytes), 0)::bigint
      FROM memory_entries e JOIN collections c ON c.id = e.collection_id WHERE c.workspace = $1""";

  private static final String DOCUMENT =
      "INSERT INTO memory_documents (entry_id, document_id) VALUES ($1, $2)";

  private static final String PART =
      "INSERT INTO memory_parts (entry_id, part, checksum, content) VALUES ($1, $2, $3, $4)";

  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('memory ' || $1, 0))";

  private static final String MAKE_ROOM =
      """
      DELETE FROM memory_entries WHERE id IN (
        SELECT id FROM (
          SELECT e.id, sum(e.bytes) OVER (ORDER BY e.used_at DESC, e.id DESC) AS total
          FROM memory_entries e JOIN collections c ON c.id = e.collection_id
          WHERE c.workspace = $1) newest
        WHERE total > $2)""";

  private final Database database;

  MemoryWriter(Database database) {
    this.database = database;
  }

  /** As {@link MemoryStore#write} says. */
  Future<Boolean> write(
      Workspace workspace,
      String collection,
      RowsKey key,
      Source source,
      StoredRows rows,
      long most) {
    if (rows.bytes() > most) {
      return source.passage() == null ? Future.succeededFuture(false) : tooMany(most);
    }
    Tuple entry =
        Tuple.of(workspace.name(), collection, key.decoder(), Buffer.buffer(key.hash()))
            .addValue(Arrays.stream(key.ids()).boxed().toArray(Integer[]::new))
            .addInteger(rows.parts().size())
            .addLong(rows.bytes())
            .addInteger(key.first())
            .addString(key.precision().toString())
            .addLong(source.passage());
    return database.transaction(
        connection ->
            held(connection, workspace, collection, source.passage())
                .compose(
                    there ->
                        there
                            ? connection
                                .preparedQuery(ENTRY)
                                .execute(entry)
                                .map(rowsOf -> rowsOf.size() > 0 ? firstId(rowsOf) : null)
                            : Future.succeededFuture((Long) null))
                .compose(
                    id ->
                        id == null
                            ? Future.succeededFuture(false)
                            : fill(connection, workspace, id, source, rows, most).map(true)));
  }

  private static Future<?> fill(
      SqlConnection connection,
      Workspace workspace,
      long id,
      Source source,
      StoredRows rows,
      long most) {
    Future<?> linked = documents(connection, id, source.documents());
    return linked
        .compose(done -> parts(connection, id, rows.parts(), 0).mapEmpty())
        .compose(
            done ->
                (source.passage() == null
                        ? makeRoom(connection, workspace, most)
                        : requireRoom(connection, workspace, most))
                    .mapEmpty());
  }

  private static Long firstId(RowSet<Row> rows) {
    return rows.iterator().next().getLong(0);
  }

  private static Future<Boolean> held(
      SqlConnection connection, Workspace workspace, String collection, @Nullable Long passage) {
    return passage == null
        ? Future.succeededFuture(true)
        : connection
            .preparedQuery(HOLD_PASSAGE)
            .execute(Tuple.of(workspace.name(), collection, passage))
            .map(rows -> rows.size() > 0);
  }

  private static Future<?> requireRoom(SqlConnection connection, Workspace workspace, long most) {
    return connection
        .preparedQuery(LOCK)
        .execute(Tuple.of(workspace.name()))
        .compose(locked -> connection.preparedQuery(TOTAL).execute(Tuple.of(workspace.name())))
        .compose(rows -> firstId(rows) > most ? tooMany(most) : Future.succeededFuture());
  }

  private static <T> Future<T> tooMany(long most) {
    return Future.failedFuture(
        new ProblemException(
            ProblemException.Kind.TOO_LARGE,
            "the keys and values that are kept take %,d MB, the most they may (memory.max-bytes); raise it, or drop another collection's"
                .formatted(most >> 20)));
  }

  private static Future<?> documents(SqlConnection connection, long id, Set<Long> documents) {
    List<Tuple> links = documents.stream().map(document -> Tuple.of(id, document)).toList();
    return links.isEmpty()
        ? Future.succeededFuture()
        : connection.preparedQuery(DOCUMENT).executeBatch(links);
  }

  private static Future<?> parts(SqlConnection connection, long id, List<byte[]> parts, int first) {
    if (first >= parts.size()) {
      return Future.succeededFuture();
    }
    long bytes = (long) parts.get(first).length * parts.size();
    int end = Math.min(parts.size(), first + PostgresMemory.together(bytes, parts.size()));
    List<Tuple> group = new ArrayList<>();
    for (int part = first; part < end; part++) {
      byte[] content = parts.get(part);
      group.add(Tuple.of(id, part, PostgresMemory.checksum(content), Buffer.buffer(content)));
    }
    return connection
        .preparedQuery(PART)
        .executeBatch(group)
        .compose(written -> parts(connection, id, parts, end));
  }

  private static Future<?> makeRoom(SqlConnection connection, Workspace workspace, long most) {
    return connection
        .preparedQuery(LOCK)
        .execute(Tuple.of(workspace.name()))
        .compose(
            locked ->
                connection.preparedQuery(MAKE_ROOM).execute(Tuple.of(workspace.name(), most)));
  }
}
