package io.kvasir.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/**
 * How many passages of a collection hold each word. Triggers write down what changes; here the
 * changes are added up now and then, which alters no count.
 */
final class WordCounts {
  /** How many changes of a collection are added up at once; fewer are read by every search. */
  static final int CHANGES = 20_000;

  private static final String SETTLE = "SELECT settle_word_counts($1, $2)";

  private WordCounts() {}

  /** Adds them up if there are enough and nobody else does. */
  static Future<Void> settle(SqlConnection connection, long collection) {
    return settle(connection, collection, CHANGES);
  }

  static Future<Void> settle(SqlConnection connection, long collection, int changes) {
    return connection.preparedQuery(SETTLE).execute(Tuple.of(collection, changes)).mapEmpty();
  }
}
