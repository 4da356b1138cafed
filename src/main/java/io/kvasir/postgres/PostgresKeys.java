package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.keys.ApiKey;
import io.kvasir.keys.KeyLimits;
import io.kvasir.keys.KeyStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The keys of the API in PostgreSQL. Callable from any thread. */
public final class PostgresKeys implements KeyStore {
  private static final String ADD =
      """
      INSERT INTO api_keys (name, hash, created_at, requests_per_minute, tokens_per_minute, workspace)
      SELECT $1, $2, $3, $4, $5, $7 WHERE (SELECT count(*) FROM api_keys WHERE workspace = $7) < $6
      ON CONFLICT DO NOTHING""";

  private static final String ALL =
      """
      SELECT name, hash, created_at, requests_per_minute, tokens_per_minute, workspace
      FROM api_keys""";

  private static final String LIST = ALL + " WHERE workspace = $1 ORDER BY name";

  private final Database database;

  /** The keys in a migrated database. */
  public PostgresKeys(Database database) {
    this.database = database;
  }

  @Override
  public CompletionStage<Void> add(ApiKey key) {
    Tuple values =
        Tuple.of(
            key.name(),
            key.hash(),
            key.createdAt().atOffset(ZoneOffset.UTC),
            key.limits().requests(),
            key.limits().tokens(),
            MOST_KEYS,
            key.workspace().name());
    return database
        .query(ADD, values)
        .compose(
            rows ->
                rows.rowCount() == 1
                    ? Future.<Void>succeededFuture()
                    : Future.<Void>failedFuture(
                        new ProblemException(
                            Kind.CONFLICT,
                            "there is a key %s already, or there are %d; revoke one first"
                                .formatted(key.name(), MOST_KEYS))))
        .toCompletionStage();
  }

  @Override
  public CompletionStage<List<ApiKey>> list(Workspace workspace) {
    return database.list(LIST, Tuple.of(workspace.name()), PostgresKeys::key).toCompletionStage();
  }

  @Override
  public CompletionStage<List<ApiKey>> all() {
    return database.list(ALL, Tuple.tuple(), PostgresKeys::key).toCompletionStage();
  }

  private static ApiKey key(Row row) {
    return new ApiKey(
        new Workspace(row.getString(5)),
        row.getString(0),
        row.getString(1),
        row.getOffsetDateTime(2).toInstant(),
        new KeyLimits(row.getInteger(3), row.getInteger(4)));
  }

  @Override
  public CompletionStage<Void> revoke(Workspace workspace, String name) {
    return database
        .query(
            "DELETE FROM api_keys WHERE name = $1 AND workspace = $2",
            Tuple.of(name, workspace.name()))
        .compose(
            rows ->
                rows.rowCount() == 1
                    ? Future.<Void>succeededFuture()
                    : Future.<Void>failedFuture(
                        new ProblemException(
                            Kind.NOT_FOUND,
                            "there is no key %s; ./kvasir keys list shows them".formatted(name))))
        .toCompletionStage();
  }
}
