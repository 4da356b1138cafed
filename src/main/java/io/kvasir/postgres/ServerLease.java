package io.kvasir.postgres;

import io.kvasir.core.About;
import io.kvasir.core.PathTrace;
import io.kvasir.core.Trace;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * This server's sign of life in the database that servers share, and the end of what ran on those
 * that give none any more. The database's clock alone is asked, so the machines' need not agree. A
 * server that was only held up may still store what it has: its trace then replaces the ended one.
 */
public final class ServerLease {
  /** How often a server says that it lives. */
  public static final Duration BEAT = Duration.ofSeconds(3);

  /** After so long without a sign a server counts as dead. */
  public static final Duration LEASE = Duration.ofSeconds(15);

  private static final System.Logger LOG = System.getLogger(ServerLease.class.getName());

  /** Contrasts that are ended in one go; the next beat goes on with the rest. */
  private static final int ENDED_AT_ONCE = 100;

  private static final String LOST =
      "The server that answered ended before the answer did; ask again.";

  private static final String SEEN =
      """
      INSERT INTO servers (id, name, knows) VALUES ($1, $2, $3)
      ON CONFLICT (id) DO UPDATE SET seen_at = now()""";

  private static final String ABANDONED =
      """
      SELECT trace::text FROM contrasts c
      WHERE status = 'running' AND NOT EXISTS (
        SELECT FROM servers s
        WHERE s.id = c.server AND s.seen_at > now() - make_interval(secs => $1))
      ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED""";

  private static final String FORGET =
      """
      DELETE FROM servers s WHERE seen_at < now() - make_interval(secs => $1)
        AND NOT EXISTS (SELECT FROM contrasts c WHERE c.status = 'running' AND c.server = s.id)""";

  private final Database database;
  private final UUID id = UUID.randomUUID();
  private final String name;
  private final double leaseSeconds;
  private @Nullable Long timer;

  /**
   * A lease that is not taken yet.
   *
   * @param database migrated
   * @param name of this server, for people who look into the table
   */
  public ServerLease(Database database, String name) {
    this(database, name, LEASE);
  }

  ServerLease(Database database, String name, Duration lease) {
    this.database = database;
    this.name = name;
    this.leaseSeconds = lease.toMillis() / 1e3;
  }

  /** The server, as its contrasts name it. */
  public UUID id() {
    return id;
  }

  /** Takes the lease, ends what dead servers left, and does both again and again. */
  public Future<Void> take() {
    return beat()
        .onSuccess(
            taken ->
                timer =
                    database
                        .vertx()
                        .setPeriodic(
                            BEAT.toMillis(),
                            due ->
                                beat()
                                    .onFailure(
                                        failure ->
                                            LOG.log(
                                                System.Logger.Level.WARNING,
                                                "no sign of life could be given: "
                                                    + failure.getMessage()))));
  }

  /** Gives the lease back; nothing may run any more. */
  public Future<Void> giveBack() {
    Long running = timer;
    if (running != null) {
      database.vertx().cancelTimer(running);
    }
    return database.query("DELETE FROM servers WHERE id = $1", Tuple.of(id)).mapEmpty();
  }

  Future<Void> beat() {
    return database
        .query(SEEN, Tuple.of(id, name, Migrations.LAST))
        .compose(seen -> database.transaction(this::endAbandoned))
        .compose(ended -> database.query(FORGET, Tuple.of(leaseSeconds)))
        .mapEmpty();
  }

  private Future<Void> endAbandoned(SqlConnection connection) {
    return connection
        .preparedQuery(ABANDONED)
        .execute(Tuple.of(leaseSeconds, ENDED_AT_ONCE))
        .compose(rows -> end(connection, Database.each(rows, ServerLease::ended), 0));
  }

  private static Trace ended(Row row) {
    Trace trace = PostgresContrasts.trace(row);
    return trace.with(Trace.Status.FAILED, trace.paths().stream().map(ServerLease::ended).toList());
  }

  private static PathTrace ended(PathTrace path) {
    return path.finishReason() == null ? path.failed(LOST) : path;
  }

  private static Future<Void> end(SqlConnection connection, List<Trace> traces, int index) {
    if (index == traces.size()) {
      return Future.succeededFuture();
    }
    Trace trace = traces.get(index);
    LOG.log(
        System.Logger.Level.WARNING,
        "{0} ran on a server that ended; it is marked as failed",
        new About(trace.id()));
    return connection
        .preparedQuery("UPDATE contrasts SET status = $2, trace = $3::text::json WHERE id = $1")
        .execute(
            Tuple.of(
                UUID.fromString(trace.id()),
                trace.status().toString(),
                PostgresContrasts.written(trace)))
        .compose(done -> end(connection, traces, index + 1));
  }
}
