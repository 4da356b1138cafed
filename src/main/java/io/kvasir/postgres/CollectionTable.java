package io.kvasir.postgres;

import io.kvasir.core.NearestName;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Finds collections by name. */
final class CollectionTable {
  private final Database database;

  CollectionTable(Database database) {
    this.database = database;
  }

  Future<List<CollectionRow>> all() {
    return database.list(
        CollectionRow.SELECT + " ORDER BY c.name", Tuple.tuple(), CollectionRow::of);
  }

  /** Fails with NOT_FOUND naming the nearest. */
  Future<CollectionRow> named(String name) {
    return database
        .list(CollectionRow.SELECT + " WHERE c.name = $1", Tuple.of(name), CollectionRow::of)
        .compose(rows -> rows.isEmpty() ? unknown(name) : Future.succeededFuture(rows.get(0)));
  }

  private Future<CollectionRow> unknown(String name) {
    return database
        .list("SELECT name FROM collections", Tuple.tuple(), row -> row.getString(0))
        .compose(
            names ->
                Future.failedFuture(
                    new ProblemException(
                        Kind.NOT_FOUND,
                        "there is no collection %s%s"
                            .formatted(name, NearestName.hint(name, names)))));
  }
}
