package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a database has pgvector, and none of the versions whose indexes lose rows when
 * they are vacuumed or whose parallel builds read foreign memory.
 */
final class VectorExtension {
  /** The oldest version without known defects in its HNSW index. */
  static final String MINIMUM = "0.8.4";

  private final String address;

  VectorExtension(String address) {
    this.address = address;
  }

  Future<Void> prepare(SqlConnection connection) {
    return connection
        .query(
            """
            SELECT (SELECT extversion FROM pg_extension WHERE extname = 'vector'),
                   (SELECT default_version FROM pg_available_extensions WHERE name = 'vector')""")
        .execute()
        .compose(
            rows -> {
              Row row = rows.iterator().next();
              return prepare(connection, row.getString(0), row.getString(1));
            });
  }

  private Future<Void> prepare(
      SqlConnection connection, @Nullable String installed, @Nullable String available) {
    if (installed != null && isRecent(installed)) {
      return Future.succeededFuture();
    }
    if (available == null) {
      return refuse("has no pgvector");
    }
    if (!isRecent(available)) {
      return refuse("has pgvector " + available + ", whose indexes can lose rows");
    }
    String change = installed == null ? "CREATE EXTENSION vector" : "ALTER EXTENSION vector UPDATE";
    return connection
        .query(change)
        .execute()
        .<Void>mapEmpty()
        .recover(
            failure ->
                Future.failedFuture(
                    new ProblemException(
                        Kind.UNAVAILABLE,
                        "PostgreSQL at %s does not let this user run \"%s\" (%s); run it as a superuser in that database"
                            .formatted(address, change, failure.getMessage()),
                        failure)));
  }

  private Future<Void> refuse(String why) {
    return Future.failedFuture(
        new ProblemException(
            Kind.UNAVAILABLE,
            "PostgreSQL at %s %s; install pgvector %s or newer for its version and start again"
                .formatted(address, why, MINIMUM)));
  }

  static boolean isRecent(String version) {
    return Arrays.compare(numbers(version), numbers(MINIMUM)) >= 0;
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("[^0-9]+", -1))
        .filter(part -> !part.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }
}
