package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The pool of connections to PostgreSQL. A connection that the server closed is dropped and the
 * next request opens a new one, so a restart of PostgreSQL needs none here. Every failure is a
 * {@link ProblemException}. Callable from any thread.
 */
public final class Database {
  /** The most requests that wait for a connection. */
  public static final int MAX_WAITING_REQUESTS = 1_000;

  /** The longest a request waits for a connection. */
  public static final int CONNECT_TIMEOUT_SECONDS = 10;

  /** The longest a statement runs. */
  public static final int STATEMENT_TIMEOUT_SECONDS = 60;

  /** How many candidates the index of nearest neighbours keeps while it searches. */
  public static final int NEAREST_CANDIDATES = 200;

  private final Pool pool;
  private final Vertx vertx;
  private final String address;

  private Database(Pool pool, Vertx vertx, String address) {
    this.pool = pool;
    this.vertx = vertx;
    this.address = address;
  }

  /**
   * A pool; connects when it is first used.
   *
   * @param url {@code postgresql://user:password@host:port/database}
   * @param connections the most connections
   */
  public static Database open(Vertx vertx, String url, int connections) {
    PgConnectOptions options = options(url);
    Pool pool =
        PgBuilder.pool()
            .using(vertx)
            .connectingTo(options)
            .with(
                new NetClientOptions()
                    .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(CONNECT_TIMEOUT_SECONDS)))
            .with(
                new PoolOptions()
                    .setMaxSize(connections)
                    .setMaxWaitQueueSize(MAX_WAITING_REQUESTS)
                    .setConnectionTimeout(CONNECT_TIMEOUT_SECONDS)
                    .setConnectionTimeoutUnit(TimeUnit.SECONDS))
            .build();
    return new Database(
        pool,
        vertx,
        "%s:%d/%s".formatted(options.getHost(), options.getPort(), options.getDatabase()));
  }

  private static PgConnectOptions options(String url) {
    PgConnectOptions options;
    try {
      options = PgConnectOptions.fromUri(url);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "database.url is not of the form postgresql://user:password@host:port/database",
          e);
    }
    // Plans are made for the values at hand: only then does the planner see which partition is
    // meant.
    Map<String, String> session =
        Map.of(
            "application_name", "kvasir",
            "plan_cache_mode", "force_custom_plan",
            "jit", "off",
            // Notices, for example that a table is there already, are for people at a prompt.
            "client_min_messages", "warning",
            "statement_timeout", STATEMENT_TIMEOUT_SECONDS + "s",
            "hnsw.ef_search", Integer.toString(NEAREST_CANDIDATES),
            "hnsw.iterative_scan", "relaxed_order");
    session.forEach(options::addProperty);
    return options.setCachePreparedStatements(true);
  }

  /** Where it connects to, without the password, for messages. */
  public String address() {
    return address;
  }

  /** Succeeds if the server answers. */
  public Future<Void> ping() {
    return query("SELECT 1", Tuple.tuple()).mapEmpty();
  }

  /** Closes every connection. */
  public Future<Void> close() {
    return pool.close();
  }

  Vertx vertx() {
    return vertx;
  }

  Future<RowSet<Row>> query(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(this::failed);
  }

  <T> Future<List<T>> list(String sql, Tuple values, Function<Row, T> mapping) {
    return query(sql, values).map(rows -> each(rows, mapping));
  }

  /** Runs on one connection, with what failed rolled back. */
  <T> Future<T> transaction(Function<SqlConnection, Future<T>> work) {
    return pool.withTransaction(work).recover(this::failed);
  }

  <T> Future<T> connection(Function<SqlConnection, Future<T>> work) {
    return pool.withConnection(work).recover(this::failed);
  }

  static <T> List<T> each(RowSet<Row> rows, Function<Row, T> mapping) {
    List<T> mapped = new ArrayList<>(rows.size());
    for (Row row : rows) {
      mapped.add(mapping.apply(row));
    }
    return mapped;
  }

  private <T> Future<T> failed(Throwable cause) {
    return Future.failedFuture(DatabaseFailure.of(cause, address));
  }
}
