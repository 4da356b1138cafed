package io.kvasir.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/**
 * Servers of the version before that are about to be replaced and meanwhile go on over the same
 * database. A new one never starts behind a migration that it does not know.
 */
final class OlderServers {
  private static final String LIVE =
      """
      SELECT EXISTS (SELECT FROM servers
        WHERE knows < $1 AND seen_at > now() - make_interval(secs => $2))""";

  private OlderServers() {}

  /** Whether there are any that do not know a migration. */
  static Future<Boolean> live(SqlConnection connection, String migration) {
    return connection
        .preparedQuery(LIVE)
        .execute(Tuple.of(migration, ServerLease.LEASE.toMillis() / 1e3))
        .map(rows -> rows.iterator().next().getBoolean(0));
  }
}
