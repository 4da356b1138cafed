package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.retrieve.Encodings;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The vectors of collections in PostgreSQL. Callable from any thread. */
public final class PostgresEncodings implements Encodings {
  // Whoever puts a document in holds it, too, until the document is there with its vectors.
  private static final String LOCK = "SELECT FROM collections WHERE id = $1 FOR UPDATE";

  private static final String DROP_OTHERS =
      """
      SELECT drop_encoding(e.id) FROM encodings e JOIN collections c ON c.id = e.collection_id
      WHERE c.id = $1 AND e.encoder <> c.encoder AND e.encoder <> $2""";

  private static final String COUNT = "SELECT count(*)::int FROM vectors WHERE encoding = $1";

  private static final String MISSING =
      """
      SELECT p.id, p.key FROM passages p
      WHERE p.collection_id = $2 AND p.id > $3 AND NOT EXISTS (
        SELECT FROM vectors v WHERE v.encoding = $1 AND v.passage = p.id)
      ORDER BY p.id LIMIT $4""";

  // Against whoever drops it meanwhile.
  private static final String HOLD = "SELECT FROM encodings WHERE id = $1 FOR KEY SHARE";

  // Against whoever deletes them meanwhile and then would not find their vectors.
  private static final String HOLD_PASSAGES =
      "SELECT id FROM passages WHERE collection_id = $1 AND id = ANY($2) FOR KEY SHARE";

  private static final String ADD =
      "INSERT INTO vectors VALUES ($1, $2, $3::real[]::vector) ON CONFLICT DO NOTHING";

  private static final String SERVE =
      """
      WITH before AS (
        SELECT e.id FROM encodings e JOIN collections c ON c.id = e.collection_id
        WHERE c.id = $1 AND e.encoder = c.encoder AND e.id <> $2),
      now AS (
        UPDATE collections c SET encoder = e.encoder, dimensions = e.dimensions
        FROM encodings e WHERE c.id = $1 AND e.id = $2)
      SELECT id FROM before""";

  private final Database database;
  private final CollectionTable collections;
  private final int indexFrom;

  /** The vectors in a migrated database. */
  public PostgresEncodings(Database database) {
    this(database, VectorIndex.FROM_PASSAGES);
  }

  PostgresEncodings(Database database, int indexFrom) {
    this.database = database;
    this.collections = new CollectionTable(database);
    this.indexFrom = indexFrom;
  }

  @Override
  public Future<Encoding> begin(
      Workspace workspace, String collection, String encoder, int dimensions) {
    return collections
        .named(workspace, collection)
        .compose(
            row ->
                database.transaction(
                    connection ->
                        requireNewServers(connection)
                            .compose(none -> lock(connection, row.id()))
                            .compose(
                                locked ->
                                    connection
                                        .preparedQuery(DROP_OTHERS)
                                        .execute(Tuple.of(row.id(), encoder)))
                            .compose(
                                dropped ->
                                    connection
                                        .preparedQuery("SELECT add_encoding($1, $2, $3)")
                                        .execute(Tuple.of(row.id(), encoder, dimensions)))
                            .map(added -> added.iterator().next().getLong(0))
                            .compose(
                                id ->
                                    connection
                                        .preparedQuery(COUNT)
                                        .execute(Tuple.of(id))
                                        .map(
                                            counted ->
                                                new Encoding(
                                                    id,
                                                    row.id(),
                                                    counted.iterator().next().getInteger(0))))));
  }

  private static Future<Void> requireNewServers(SqlConnection connection) {
    return OlderServers.live(connection, Migrations.VECTORS)
        .compose(
            live ->
                live
                    ? Future.failedFuture(
                        new ProblemException(
                            Kind.CONFLICT,
                            "a server of the version before still runs, which knows one encoder of"
                                + " a collection only; stop it, or ask again when it has ended"))
                    : Future.succeededFuture());
  }

  private static Future<Void> lock(SqlConnection connection, long collection) {
    return connection.preparedQuery(LOCK).execute(Tuple.of(collection)).mapEmpty();
  }

  @Override
  public Future<List<Unencoded>> missing(Encoding encoding, long after, int limit) {
    return database.list(
        MISSING,
        Tuple.of(encoding.id(), encoding.collection(), after, limit),
        row -> new Unencoded(row.getLong(0), row.getString(1)));
  }

  @Override
  public Future<Void> add(Encoding encoding, List<PassageVector> vectors) {
    Long[] passages = vectors.stream().map(PassageVector::passage).toArray(Long[]::new);
    return database.transaction(
        connection ->
            hold(connection, encoding)
                .compose(
                    held ->
                        connection
                            .preparedQuery(HOLD_PASSAGES)
                            .execute(Tuple.of(encoding.collection()).addArrayOfLong(passages)))
                .map(rows -> Set.copyOf(Database.each(rows, row -> row.getLong(0))))
                .compose(there -> insert(connection, encoding, vectors, there)));
  }

  private static Future<Void> insert(
      SqlConnection connection, Encoding encoding, List<PassageVector> vectors, Set<Long> there) {
    List<Tuple> rows =
        vectors.stream()
            .filter(vector -> there.contains(vector.passage()))
            .map(
                vector ->
                    Tuple.of(encoding.id(), vector.passage())
                        .addArrayOfFloat(DocumentWriter.boxed(vector.embedding())))
            .toList();
    return rows.isEmpty()
        ? Future.succeededFuture()
        : connection.preparedQuery(ADD).executeBatch(rows).mapEmpty();
  }

  private static Future<Void> hold(SqlConnection connection, Encoding encoding) {
    return connection
        .preparedQuery(HOLD)
        .execute(Tuple.of(encoding.id()))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.failedFuture(
                        new ProblemException(
                            Kind.CONFLICT,
                            "the collection was deleted meanwhile, or another encoder asked for"))
                    : Future.succeededFuture());
  }

  @Override
  public Future<Boolean> serve(Encoding encoding) {
    return database
        .list(COUNT, Tuple.of(encoding.id()), row -> row.getInteger(0))
        .compose(
            counts ->
                counts.get(0) < indexFrom
                    ? Future.succeededFuture()
                    : VectorIndex.add(database, encoding.id()))
        .compose(indexed -> database.transaction(connection -> complete(connection, encoding)))
        .compose(
            before ->
                before.isEmpty()
                    ? Future.succeededFuture(false)
                    : drop(before.get()).map(dropped -> true));
  }

  /** Switches where no passage lacks a vector; gives what served until now, if that is another. */
  private static Future<Optional<List<Long>>> complete(
      SqlConnection connection, Encoding encoding) {
    return lock(connection, encoding.collection())
        .compose(locked -> hold(connection, encoding))
        .compose(
            held ->
                connection
                    .preparedQuery(MISSING)
                    .execute(Tuple.of(encoding.id(), encoding.collection(), 0L, 1)))
        .compose(
            missing ->
                missing.size() > 0
                    ? Future.succeededFuture(Optional.empty())
                    : connection
                        .preparedQuery(SERVE)
                        .execute(Tuple.of(encoding.collection(), encoding.id()))
                        .map(rows -> Optional.of(Database.each(rows, row -> row.getLong(0)))));
  }

  /** In a transaction of its own, since others may wait for the passages that the switch read. */
  private Future<Void> drop(List<Long> before) {
    return before.isEmpty()
        ? Future.succeededFuture()
        : database.query("SELECT drop_encoding($1)", Tuple.of(before.get(0))).mapEmpty();
  }
}
