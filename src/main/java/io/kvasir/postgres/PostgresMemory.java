package io.kvasir.postgres;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.Passage;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Workspace;
import io.kvasir.generate.StoredRows;
import io.kvasir.memory.MemoryStore;
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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Rows of prompts in PostgreSQL: an entry for each beginning of a prompt, and a part for the keys
 * and for the values of each layer.
 */
public final class PostgresMemory implements MemoryStore {
  /** What is written or read at a time, unless one part is larger. */
  private static final long BYTES_TOGETHER = 1 << 20;

  private static final String FIND =
      """
      SELECT c.memory, e.id, e.ids, e.parts, e.first, e.precision, e.bytes
      FROM collections c
      LEFT JOIN memory_entries e ON e.collection_id = c.id AND e.decoder = $3 AND e.ids_hash = $4
      WHERE c.workspace = $1 AND c.name = $2""";

  private static final String READ =
      """
      SELECT checksum, content FROM memory_parts
      WHERE entry_id = $1 AND part >= $2 AND part < $3 ORDER BY part""";

  private static final String USED = "UPDATE memory_entries SET used_at = now() WHERE id = $1";

  private static final String FORGET = "DELETE FROM memory_entries WHERE id = $1";

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

  private static final String PASSAGES =
      """
      SELECT %s FROM passages p
      JOIN documents d ON d.id = p.document_id JOIN collections c ON c.id = p.collection_id
      WHERE c.workspace = $1 AND c.name = $2 AND p.id > $3 ORDER BY p.id LIMIT $4"""
          .formatted(PassageRow.COLUMNS);

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

  private static final String SWITCH =
      "UPDATE collections SET memory = $3 WHERE workspace = $1 AND name = $2";

  private static final String FORGET_ALL =
      """
      DELETE FROM memory_entries WHERE collection_id =
        (SELECT id FROM collections WHERE workspace = $1 AND name = $2)""";

  private static final String STATUS =
      """
      SELECT c.memory, count(e.id)::int, count(e.passage_id)::int,
             coalesce(sum(cardinality(e.ids) - e.first), 0)::bigint,
             coalesce(sum(e.bytes), 0)::bigint
      FROM collections c LEFT JOIN memory_entries e ON e.collection_id = c.id
      WHERE c.workspace = $1 AND c.name = $2 GROUP BY c.id""";

  private final Database database;
  private final CollectionTable collections;

  /** The rows in a migrated database. */
  public PostgresMemory(Database database) {
    this.database = database;
    this.collections = new CollectionTable(database);
  }

  @Override
  public Future<Answer> find(Workspace workspace, String collection, RowsKey key) {
    return database
        .query(
            FIND, Tuple.of(workspace.name(), collection, key.decoder(), Buffer.buffer(key.hash())))
        .compose(
            rows -> {
              if (rows.size() == 0 || !rows.iterator().next().getBoolean(0)) {
                return Future.succeededFuture(new Answer.Off());
              }
              Row entry = rows.iterator().next();
              Long id = entry.getLong(1);
              if (id == null || !isOf(key, entry)) {
                return Future.succeededFuture(new Answer.Missing());
              }
              return database
                  .query(USED, Tuple.of(id))
                  .map(new Answer.Found(id, entry.getInteger(3), entry.getLong(6)));
            });
  }

  private static boolean isOf(RowsKey key, Row entry) {
    return key.isOf(
        AttentionPrecision.valueOf(entry.getString(5).toUpperCase(Locale.ROOT)),
        ids(entry.getArrayOfIntegers(2)),
        entry.getInteger(4));
  }

  @Override
  public Future<Optional<StoredRows>> read(Answer.Found found, RowsKey key) {
    return database.connection(connection -> read(connection, found, key, new ArrayList<>()));
  }

  /**
   * Reads a few parts behind the others: many on their way in one connection take ten times as
   * long, as the client gathers them into one buffer that grows.
   */
  private static Future<Optional<StoredRows>> read(
      SqlConnection connection, Answer.Found found, RowsKey key, List<byte[]> parts) {
    if (parts.size() == found.parts()) {
      return Future.succeededFuture(
          Optional.of(new StoredRows(key.ids(), key.first(), key.precision(), parts)));
    }
    int next = Math.min(found.parts(), parts.size() + together(found.bytes(), found.parts()));
    return connection
        .preparedQuery(READ)
        .execute(Tuple.of(found.entry(), parts.size(), next))
        .compose(
            rows -> {
              for (Row row : rows) {
                byte[] content = row.getBuffer(1).getBytes();
                if (row.getLong(0) != checksum(content)) {
                  return forget(connection, found);
                }
                parts.add(content);
              }
              return parts.size() == next
                  ? read(connection, found, key, parts)
                  : forget(connection, found);
            });
  }

  private static int together(long bytes, int parts) {
    return (int) Math.max(1, BYTES_TOGETHER * parts / Math.max(1, bytes));
  }

  private static Future<Optional<StoredRows>> forget(SqlConnection connection, Answer.Found found) {
    return connection
        .preparedQuery(FORGET)
        .execute(Tuple.of(found.entry()))
        .map(Optional.<StoredRows>empty());
  }

  private static int[] ids(Integer[] stored) {
    return Arrays.stream(stored).mapToInt(Integer::intValue).toArray();
  }

  @Override
  public Future<Boolean> write(
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
    int end = Math.min(parts.size(), first + together(bytes, parts.size()));
    List<Tuple> group = new ArrayList<>();
    for (int part = first; part < end; part++) {
      byte[] content = parts.get(part);
      group.add(Tuple.of(id, part, checksum(content), Buffer.buffer(content)));
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

  private static long checksum(byte[] content) {
    CRC32C sum = new CRC32C();
    sum.update(content);
    return sum.getValue();
  }

  @Override
  public Future<List<Passage>> passages(
      Workspace workspace, String collection, long after, int limit) {
    return collections
        .named(workspace, collection)
        .compose(
            there ->
                database.list(
                    PASSAGES,
                    Tuple.of(workspace.name(), collection, after, limit),
                    PassageRow::passage));
  }

  @Override
  public Future<Status> keep(Workspace workspace, String collection) {
    return collections
        .named(workspace, collection)
        .compose(there -> database.query(SWITCH, Tuple.of(workspace.name(), collection, true)))
        .compose(done -> status(workspace, collection));
  }

  @Override
  public Future<Status> drop(Workspace workspace, String collection) {
    return collections
        .named(workspace, collection)
        .compose(
            there ->
                database.transaction(
                    connection ->
                        connection
                            .preparedQuery(SWITCH)
                            .execute(Tuple.of(workspace.name(), collection, false))
                            .compose(
                                off ->
                                    connection
                                        .preparedQuery(FORGET_ALL)
                                        .execute(Tuple.of(workspace.name(), collection)))))
        .compose(done -> status(workspace, collection));
  }

  @Override
  public Future<Status> status(Workspace workspace, String collection) {
    return collections
        .named(workspace, collection)
        .compose(there -> database.query(STATUS, Tuple.of(workspace.name(), collection)))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Status(
                  row.getBoolean(0),
                  row.getInteger(1),
                  row.getInteger(2),
                  row.getLong(3),
                  row.getLong(4));
            });
  }
}
