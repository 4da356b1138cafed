package io.kvasir.postgres;

import io.kvasir.core.NearestName;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds collections by name. */
final class CollectionTable {
  private final Database database;

  CollectionTable(Database database) {
    this.database = database;
  }

  Future<List<CollectionRow>> all(Workspace workspace) {
    return database.list(
        CollectionRow.SELECT + " WHERE c.workspace = $1 ORDER BY c.name",
        Tuple.of(workspace.name()),
        CollectionRow::of);
  }

  /** Fails with NOT_FOUND naming the nearest. */
  Future<CollectionRow> named(Workspace workspace, String name) {
    return database
        .list(
            CollectionRow.SELECT + " WHERE c.workspace = $1 AND c.name = $2",
            Tuple.of(workspace.name(), name),
            CollectionRow::of)
        .compose(
            rows ->
                rows.isEmpty() ? unknown(workspace, name) : Future.succeededFuture(rows.get(0)));
  }

  Future<Void> setTitle(Workspace workspace, String name, @Nullable String title) {
    return named(workspace, name)
        .compose(
            row ->
                database.query(
                    "UPDATE collections SET title = $2 WHERE id = $1",
                    Tuple.of(row.id()).addString(title)))
        .mapEmpty();
  }

  private Future<CollectionRow> unknown(Workspace workspace, String name) {
    return database
        .list(
            "SELECT name FROM collections WHERE workspace = $1",
            Tuple.of(workspace.name()),
            row -> row.getString(0))
        .compose(
            names ->
                Future.failedFuture(
                    new ProblemException(
                        Kind.NOT_FOUND,
                        "there is no collection %s%s"
                            .formatted(name, NearestName.hint(name, names)))));
  }
}
