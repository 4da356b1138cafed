package io.kvasir.postgres;

import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;

/**
 * The nearest passages of a collection without the index, and what the index takes: to measure the
 * search with it against. Callable from any thread.
 */
public final class NearestPassages {
  private static final String EXACT =
      """
      SELECT v.passage FROM vectors v {passages}
      WHERE v.encoding = $2 AND v.passage <= $5 {scope}
      ORDER BY v.embedding <#> $3::real[]::vector LIMIT $4""";

  private static final String PASSAGES =
      "JOIN passages p ON p.collection_id = $1 AND p.id = v.passage";

  // Every value of a statement has to stand in it, also where there is no scope.
  private static final String ANY = "AND $1::bigint IS NOT NULL";

  private static final String SIZES =
      """
      SELECT pg_table_size(to_regclass(format('vectors_%s', $2::bigint))),
             pg_relation_size(to_regclass(format('vectors_%s_nearest', $2::bigint))),
             pg_total_relation_size(to_regclass(format('passages_%s', $1::bigint))),
             current_setting('shared_buffers')""";

  private final Database database;
  private final CollectionTable collections;

  /** Of a migrated database. */
  public NearestPassages(Database database) {
    this.database = database;
    this.collections = new CollectionTable(database);
  }

  /** The passage that came in last; 0 if there is none. */
  public Future<Long> newest(String collection) {
    return collections
        .named(Workspace.ONLY, collection)
        .compose(
            row ->
                database.list(
                    "SELECT coalesce(max(passage), 0) FROM vectors WHERE encoding = $1",
                    Tuple.of(row.encoding()),
                    found -> found.getLong(0)))
        .map(found -> found.get(0));
  }

  /**
   * Ids of the nearest ones, the nearest first: every vector of the scope is read.
   *
   * @param newest what came in later does not count
   */
  public Future<List<Long>> exact(
      String collection, Scope scope, float[] embedding, int count, long newest) {
    return collections
        .named(Workspace.ONLY, collection)
        .compose(
            row ->
                ScopeRows.find(database, row.id(), scope)
                    .compose(chosen -> exact(row, chosen, embedding, count, newest)));
  }

  private Future<List<Long>> exact(
      CollectionRow row, ScopeRows chosen, float[] embedding, int count, long newest) {
    Tuple values =
        Tuple.of(row.id(), row.encoding())
            .addArrayOfFloat(DocumentWriter.boxed(embedding))
            .addInteger(count)
            .addLong(newest);
    chosen.addTo(values);
    String statement =
        EXACT
            .replace("{passages}", chosen.isAll() ? "" : PASSAGES)
            .replace("{scope}", chosen.isAll() ? ANY : ScopeRows.condition(6, 7));
    return database.list(statement, values, found -> found.getLong(0));
  }

  /** Makes its index anew, as large as it is now. */
  public Future<Void> index(String collection) {
    return collections
        .named(Workspace.ONLY, collection)
        .compose(
            row ->
                database
                    .query(
                        "DROP INDEX IF EXISTS vectors_%d_nearest".formatted(row.encoding()),
                        Tuple.tuple())
                    .compose(dropped -> VectorIndex.add(database, row.encoding())));
  }

  /** What its vectors, their index and its passages take on disk, in words. */
  public Future<String> sizes(String collection) {
    return collections
        .named(Workspace.ONLY, collection)
        .compose(
            row -> database.list(SIZES, Tuple.of(row.id(), row.encoding()), NearestPassages::words))
        .map(words -> words.get(0));
  }

  private static String words(Row row) {
    return String.format(
        Locale.ROOT,
        "on disk: vectors %s, their index %s, passages with words %s; shared_buffers %s",
        size(row.getLong(0)),
        size(row.getLong(1)),
        size(row.getLong(2)),
        row.getString(3));
  }

  private static String size(Long bytes) {
    return bytes == null ? "none" : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
