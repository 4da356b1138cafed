package io.kvasir.postgres;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.Passage;
import io.kvasir.core.Workspace;
import io.kvasir.generate.StoredRows;
import io.kvasir.memory.MemoryStore;
import io.kvasir.memory.RowsKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

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

  private static final String PASSAGES =
      """
      SELECT %s FROM passages p
      JOIN documents d ON d.id = p.document_id JOIN collections c ON c.id = p.collection_id
      WHERE c.workspace = $1 AND c.name = $2 AND p.id > $3 ORDER BY p.id LIMIT $4"""
          .formatted(PassageRow.COLUMNS);

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
  private final MemoryWriter writer;

  /** The rows in a migrated database. */
  public PostgresMemory(Database database) {
    this.database = database;
    this.collections = new CollectionTable(database);
    this.writer = new MemoryWriter(database);
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

  /** How many parts go over the connection at a time. */
  static int together(long bytes, int parts) {
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
    return writer.write(workspace, collection, key, source, rows, most);
  }

  /** What a part is held to when it is read. */
  static long checksum(byte[] content) {
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
