package io.kvasir.postgres;

import io.kvasir.contrast.ContrastStore;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The store of traces in PostgreSQL. Callable from any thread. */
public final class PostgresContrasts implements ContrastStore {
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private static final String UPSERT =
      """
      INSERT INTO contrasts
        (id, created_at, status, conversation, question, collection, model, trace, server, workspace,
         experiment)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text::json, $9, $10, $11)
      ON CONFLICT (id) DO UPDATE SET status = excluded.status, trace = excluded.trace
      WHERE contrasts.workspace = excluded.workspace""";

  private static final String LIST =
      """
      SELECT id, created_at, status, conversation, question, collection, model FROM contrasts
      WHERE workspace = $4 AND experiment IS NULL AND question ILIKE ALL ($1::text[])
        AND created_at < coalesce($2, 'infinity'::timestamptz)
      ORDER BY created_at DESC, id LIMIT $3""";

  private static final String CONVERSATION =
      """
      WITH RECURSIVE %s
      SELECT trace::text FROM (
        SELECT c.trace, c.created_at, c.id FROM contrasts c
        JOIN lines l ON c.conversation = l.conversation AND c.created_at < l.until
        WHERE c.workspace = $2
        ORDER BY c.created_at DESC, c.id LIMIT $3
      ) AS newest ORDER BY created_at, id"""
          .formatted(PostgresConversations.LINES);

  private final Database database;
  private final UUID server;

  /**
   * The traces in a migrated database.
   *
   * @param server whose contrasts it saves; see {@link ServerLease#id()}
   */
  public PostgresContrasts(Database database, UUID server) {
    this.database = database;
    this.server = server;
  }

  @Override
  public Future<Void> save(Workspace workspace, Trace trace, @Nullable String experiment) {
    String json;
    try {
      json = written(trace);
    } catch (ProblemException e) {
      return Future.failedFuture(e);
    }
    Tuple values =
        Tuple.of(
                UUID.fromString(trace.id()),
                trace.createdAt().atOffset(ZoneOffset.UTC),
                trace.status().toString(),
                trace.conversation(),
                // PostgreSQL's text has no U+0000; the trace keeps it, escaped.
                trace.question().replace('\0', '\uFFFD'))
            .addString(trace.collection())
            .addString(trace.model().name())
            .addString(json)
            .addUUID(server)
            .addString(workspace.name())
            .addUUID(experiment == null ? null : UUID.fromString(experiment));
    return database.query(UPSERT, values).mapEmpty();
  }

  @Override
  public Future<Trace> get(Workspace workspace, String id) {
    return Identifier.of(id, PostgresContrasts::absent)
        .compose(
            uuid ->
                database.query(
                    "SELECT trace::text FROM contrasts WHERE id = $1 AND workspace = $2",
                    Tuple.of(uuid, workspace.name())))
        .compose(
            rows ->
                rows.size() == 0
                    ? gone(id)
                    : Future.succeededFuture(trace(rows.iterator().next())));
  }

  @Override
  public Future<List<Trace>> conversation(Workspace workspace, String conversation, int limit) {
    return database.list(
        CONVERSATION, Tuple.of(conversation, workspace.name(), limit), PostgresContrasts::trace);
  }

  @Override
  public Future<List<Summary>> list(
      Workspace workspace, @Nullable String search, @Nullable Instant before, int limit) {
    Tuple values =
        Tuple.tuple()
            .addArrayOfString(patterns(search))
            .addOffsetDateTime(before == null ? null : before.atOffset(ZoneOffset.UTC))
            .addInteger(limit)
            .addString(workspace.name());
    return database.list(LIST, values, PostgresContrasts::summary);
  }

  @Override
  public Future<Void> delete(Workspace workspace, String id) {
    return Identifier.of(id, PostgresContrasts::absent)
        .compose(
            uuid ->
                database.query(
                    "DELETE FROM contrasts WHERE id = $1 AND workspace = $2",
                    Tuple.of(uuid, workspace.name())))
        .compose(rows -> rows.rowCount() == 0 ? gone(id) : Future.succeededFuture());
  }

  static String[] patterns(@Nullable String search) {
    if (search == null) {
      return new String[0];
    }
    return Arrays.stream(SPACE.split(search.strip(), -1))
        .map(word -> word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"))
        .map("%%%s%%"::formatted)
        .toArray(String[]::new);
  }

  static Summary summary(Row row) {
    return new Summary(
        row.getUUID(0).toString(),
        row.getOffsetDateTime(1).toInstant(),
        status(row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6));
  }

  static Trace.Status status(String name) {
    return Arrays.stream(Trace.Status.values())
        .filter(status -> status.toString().equals(name))
        .findAny()
        .orElseThrow(() -> new IllegalStateException("contrasts.status holds " + name));
  }

  static String written(Trace trace) {
    return StoredJson.written(trace, "trace");
  }

  static Trace trace(Row row) {
    return StoredJson.read(row, Trace.class, "trace");
  }

  private static <T> Future<T> gone(String id) {
    return Future.failedFuture(absent(id));
  }

  private static ProblemException absent(String id) {
    return new ProblemException(
        Kind.NOT_FOUND, "there is no contrast %s; it may have been deleted".formatted(id));
  }
}
