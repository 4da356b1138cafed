package io.kvasir.postgres;

import io.kvasir.core.Checksum;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings a database to the state this code needs: the files of {@code sql/}, each once, in order,
 * each in one transaction, one server at a time. A file that changed after it ran is refused.
 */
public final class Migrations {
  /** What gave vectors a table of their own. */
  static final String VECTORS = "V009__vectors.sql";

  /** The files of {@code sql/}, in order. */
  static final List<String> FILES =
      List.of(
          "V001__library.sql",
          "V002__contrasts.sql",
          "V003__servers.sql",
          "V004__keys.sql",
          "V005__ingestion.sql",
          "V006__bm25.sql",
          "V007__ingestion_readings.sql",
          "V008__originals.sql",
          VECTORS,
          "V010__workspaces.sql",
          "V011__experiments.sql",
          "V012__word_counts.sql",
          "V013__marked_questions.sql",
          "V014__values.sql",
          "V015__by_hand.sql",
          "V016__memory.sql",
          "V017__passage_memory.sql",
          "V018__attention_rows.sql");

  /** The newest of them, which says what a server knows. */
  static final String LAST = FILES.get(FILES.size() - 1);

  // Any number that no other program locks in the same database: "kvasir" as letters.
  private static final long LOCK = 0x6b_76_61_73_69_72L;

  private final Database database;

  /** Migrations of a database. */
  public Migrations(Database database) {
    this.database = database;
  }

  /** Runs what has not run; gives how many files that were. */
  public Future<Integer> run() {
    return database.connection(
        connection ->
            connection
                .query("SET statement_timeout = 0; SELECT pg_advisory_lock(" + LOCK + ")")
                .execute()
                .compose(locked -> new VectorExtension(database.address()).prepare(connection))
                .compose(prepared -> applied(connection))
                .compose(done -> applyFrom(connection, 0, done, 0))
                .eventually(
                    () ->
                        connection
                            .query(
                                "SELECT pg_advisory_unlock(" + LOCK + "); RESET statement_timeout")
                            .execute()));
  }

  private static Future<Map<String, String>> applied(SqlConnection connection) {
    return connection
        .query(
            """
            CREATE TABLE IF NOT EXISTS migrations (
              name text PRIMARY KEY,
              checksum text NOT NULL,
              applied_at timestamptz NOT NULL DEFAULT now()
            )""")
        .execute()
        .compose(made -> connection.query("SELECT name, checksum FROM migrations").execute())
        .map(
            rows -> {
              Map<String, String> done = new HashMap<>();
              for (Row row : rows) {
                done.put(row.getString(0), row.getString(1));
              }
              return done;
            });
  }

  private static Future<Integer> applyFrom(
      SqlConnection connection, int index, Map<String, String> done, int count) {
    if (index == FILES.size()) {
      return newer(done).map(count);
    }
    String name = FILES.get(index);
    String script = read(name);
    String checksum = Checksum.of(script);
    String before = done.get(name);
    if (before == null) {
      return apply(connection, name, script, checksum)
          .compose(ran -> applyFrom(connection, index + 1, done, count + 1));
    }
    if (!before.equals(checksum)) {
      return Future.failedFuture(
          new ProblemException(
              Kind.CONFLICT,
              "the migration %s ran in this database with other contents; use the version of Kvasir"
                      .formatted(name)
                  + " that it ran with, or an empty database"));
    }
    return applyFrom(connection, index + 1, done, count);
  }

  private static Future<Void> newer(Map<String, String> done) {
    return done.keySet().stream()
        .filter(name -> !FILES.contains(name))
        .findAny()
        .map(
            name ->
                Future.<Void>failedFuture(
                    new ProblemException(
                        Kind.CONFLICT,
                        "this database was made by a newer Kvasir (migration %s); upgrade, or use"
                                .formatted(name)
                            + " another database")))
        .orElseGet(Future::succeededFuture);
  }

  private static Future<Void> apply(
      SqlConnection connection, String name, String script, String checksum) {
    return connection
        .begin()
        .compose(
            transaction ->
                connection
                    .query(script)
                    .execute()
                    .compose(
                        ran ->
                            connection
                                .preparedQuery(
                                    "INSERT INTO migrations (name, checksum) VALUES ($1, $2)")
                                .execute(Tuple.of(name, checksum)))
                    .compose(
                        recorded -> transaction.commit(),
                        failure ->
                            transaction
                                .rollback()
                                .transform(rolledBack -> Future.failedFuture(failure))));
  }

  private static String read(String name) {
    try (InputStream file = Migrations.class.getResourceAsStream("/sql/" + name)) {
      if (file == null) {
        throw new IllegalStateException("the build left out sql/" + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
