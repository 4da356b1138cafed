package io.kvasir.postgres;

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
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Rows of prompts in PostgreSQL: an entry for each beginning of a prompt, and a part for the keys
 * and for the values of each layer.
 */
public final class PostgresMemory implements MemoryStore {
  /** Parts that are written at a time: some megabytes. */
  private static final int PARTS_TOGETHER = 4;

  private static final String FIND =
      """
      SELECT c.memory, e.id, e.ids, e.parts
      FROM collections c
      LEFT JOIN memory_entries e ON e.collection_id = c.id AND e.decoder = $3 AND e.ids_hash = $4
      WHERE c.workspace = $1 AND c.name = $2""";

  private static final String READ =
      "SELECT checksum, content FROM memory_parts WHERE entry_id = $1 AND part = $2";

  private static final String USED = "UPDATE memory_entries SET used_at = now() WHERE id = $1";

  private static final String FORGET = "DELETE FROM memory_entries WHERE id = $1";

  // A collection that is being switched off waits, so that nothing comes back behind it.
  private static final String ENTRY =
      """
      INSERT INTO memory_entries (collection_id, decoder, ids_hash, ids, parts, bytes)
      SELECT id, $3, $4, $5, $6, $7 FROM collections
      WHERE workspace = $1 AND name = $2 AND memory FOR NO KEY UPDATE
      ON CONFLICT DO NOTHING RETURNING id""";

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
      SELECT c.memory, count(e.id)::int, coalesce(sum(cardinality(e.ids)), 0)::bigint,
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
            FIND,
            Tuple.of(workspace.name(), collection, key.decoder(), Buffer.buffer(key.idsHash())))
        .compose(
            rows -> {
              if (rows.size() == 0 || !rows.iterator().next().getBoolean(0)) {
                return Future.succeededFuture(new Answer.Off());
              }
              Row entry = rows.iterator().next();
              Long id = entry.getLong(1);
              if (id == null || !Arrays.equals(ids(entry.getArrayOfIntegers(2)), key.ids())) {
                return Future.succeededFuture(new Answer.Missing());
              }
              return database
                  .query(USED, Tuple.of(id))
                  .map(new Answer.Found(id, entry.getInteger(3)));
            });
  }

  @Override
  public Future<Optional<StoredRows>> read(Answer.Found found, RowsKey key) {
    return database.connection(connection -> read(connection, found, key, new ArrayList<>()));
  }

  /**
   * Reads the parts one behind the other: several on their way in one connection take ten times as
   * long, as the client gathers them into one buffer that grows.
   */
  private static Future<Optional<StoredRows>> read(
      SqlConnection connection, Answer.Found found, RowsKey key, List<byte[]> parts) {
    if (parts.size() == found.parts()) {
      return Future.succeededFuture(Optional.of(new StoredRows(key.ids(), parts)));
    }
    return connection
        .preparedQuery(READ)
        .execute(Tuple.of(found.entry(), parts.size()))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return forget(connection, found);
              }
              Row row = rows.iterator().next();
              byte[] content = row.getBuffer(1).getBytes();
              if (row.getLong(0) != checksum(content)) {
                return forget(connection, found);
              }
              parts.add(content);
              return read(connection, found, key, parts);
            });
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
      Set<Long> documents,
      StoredRows rows,
      long most) {
    if (rows.bytes() > most) {
      return Future.succeededFuture(false);
    }
    Tuple entry =
        Tuple.of(workspace.name(), collection, key.decoder(), Buffer.buffer(key.idsHash()))
            .addValue(Arrays.stream(key.ids()).boxed().toArray(Integer[]::new))
            .addInteger(rows.parts().size())
            .addLong(rows.bytes());
    return database.transaction(
        connection ->
            connection
                .preparedQuery(ENTRY)
                .execute(entry)
                .compose(
                    inserted -> {
                      if (inserted.size() == 0) {
                        return Future.succeededFuture(false);
                      }
                      long id = inserted.iterator().next().getLong(0);
                      return documents(connection, id, documents)
                          .compose(done -> parts(connection, id, rows.parts(), 0))
                          .compose(done -> makeRoom(connection, workspace, most))
                          .map(true);
                    }));
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
    List<Tuple> group = new ArrayList<>();
    for (int part = first; part < Math.min(first + PARTS_TOGETHER, parts.size()); part++) {
      byte[] content = parts.get(part);
      group.add(Tuple.of(id, part, checksum(content), Buffer.buffer(content)));
    }
    return connection
        .preparedQuery(PART)
        .executeBatch(group)
        .compose(written -> parts(connection, id, parts, first + PARTS_TOGETHER));
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
                  row.getBoolean(0), row.getInteger(1), row.getLong(2), row.getLong(3));
            });
  }
}
