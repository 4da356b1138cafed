package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.experiment.MarkedQuestion;
import io.kvasir.experiment.MarkedStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** Marked questions in PostgreSQL. */
public final class PostgresMarked implements MarkedStore {
  // Marks of a workspace are one after the other: each sees those before it, and their count is
  // exact.
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('marked ' || $1, 0))";

  private static final String FIND =
      """
      SELECT (SELECT marked::text FROM marked_questions WHERE workspace = $1 AND id = $2),
             (SELECT count(*) FROM marked_questions WHERE workspace = $1)""";

  private static final String PUT =
      """
      INSERT INTO marked_questions (workspace, id, marked) VALUES ($1, $2, $3::text::json)
      ON CONFLICT (workspace, id) DO UPDATE SET marked = excluded.marked""";

  private final Database database;

  /** The marked questions in a migrated database. */
  public PostgresMarked(Database database) {
    this.database = database;
  }

  @Override
  public Future<MarkedQuestion> mark(Workspace workspace, MarkedQuestion marked, int most) {
    UUID id = UUID.fromString(marked.id());
    return database.transaction(
        connection ->
            connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(workspace.name()))
                .compose(
                    locked ->
                        connection.preparedQuery(FIND).execute(Tuple.of(workspace.name(), id)))
                .compose(found -> put(connection, workspace, together(found, marked, most))));
  }

  private static MarkedQuestion together(RowSet<Row> found, MarkedQuestion marked, int most) {
    Row row = found.iterator().next();
    if (row.getString(0) != null) {
      return StoredJson.read(row, MarkedQuestion.class, "marked question").and(marked);
    }
    if (row.getLong(1) >= most) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "%d questions are marked, which the setting eval.marked allows; delete some"
              .formatted(most));
    }
    return marked;
  }

  private static Future<MarkedQuestion> put(
      SqlConnection connection, Workspace workspace, MarkedQuestion marked) {
    return connection
        .preparedQuery(PUT)
        .execute(
            Tuple.of(
                workspace.name(),
                UUID.fromString(marked.id()),
                StoredJson.written(marked, "marked question")))
        .map(marked);
  }

  @Override
  public Future<List<MarkedQuestion>> list(Workspace workspace) {
    return database.list(
        "SELECT marked::text FROM marked_questions WHERE workspace = $1 ORDER BY created_at, id",
        Tuple.of(workspace.name()),
        row -> StoredJson.read(row, MarkedQuestion.class, "marked question"));
  }

  @Override
  public Future<Void> delete(Workspace workspace, String id) {
    return Identifier.of(id, PostgresMarked::absent)
        .compose(
            uuid ->
                database.query(
                    "DELETE FROM marked_questions WHERE workspace = $1 AND id = $2",
                    Tuple.of(workspace.name(), uuid)))
        .compose(
            rows ->
                rows.rowCount() == 0 ? Future.failedFuture(absent(id)) : Future.succeededFuture());
  }

  private static ProblemException absent(String id) {
    return new ProblemException(
        Kind.NOT_FOUND, "there is no marked question %s; it may have been deleted".formatted(id));
  }
}
