package io.kvasir.postgres;

import io.kvasir.contrast.ContrastStore.Summary;
import io.kvasir.contrast.Conversations;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Conversations in PostgreSQL: groups of contrasts. Callable from any thread. */
public final class PostgresConversations implements Conversations {
  /** The most conversations that are forgotten in one go. */
  static final int FORGOTTEN_AT_ONCE = 200;

  /**
   * The lines of a conversation ($1, of the workspace $2): itself, and what it branched off from,
   * up to where it did.
   */
  static final String LINES =
      """
      lines AS (
        SELECT $1::text AS conversation, 'infinity'::timestamptz AS until
        UNION ALL
        SELECT v.branched_from, least(l.until, v.branched_at)
        FROM lines l JOIN conversations v ON v.workspace = $2 AND v.id = l.conversation
        WHERE v.branched_from IS NOT NULL
      )""";

  private static final String LIST =
      """
      SELECT c.conversation, coalesce(v.title, (array_agg(c.question ORDER BY c.created_at, c.id))[1]),
             v.title IS NOT NULL, min(c.created_at), max(c.created_at), count(*)::int,
             (array_agg(c.id ORDER BY c.created_at DESC, c.id DESC))[1],
             (array_agg(c.status ORDER BY c.created_at DESC, c.id DESC))[1],
             (array_agg(c.question ORDER BY c.created_at DESC, c.id DESC))[1],
             (array_agg(c.collection ORDER BY c.created_at DESC, c.id DESC))[1],
             (array_agg(c.model ORDER BY c.created_at DESC, c.id DESC))[1]
      FROM contrasts c
      LEFT JOIN conversations v ON v.workspace = c.workspace AND v.id = c.conversation
      WHERE c.workspace = $1 AND c.experiment IS NULL
      GROUP BY c.conversation, v.title
      HAVING (bool_or(c.question ILIKE ALL ($2::text[])) OR v.title ILIKE ALL ($2::text[]))
        AND max(c.created_at) < coalesce($3, 'infinity'::timestamptz)
      ORDER BY max(c.created_at) DESC, c.conversation LIMIT $4""";

  private static final String CONTRASTS =
      """
      WITH RECURSIVE %s
      SELECT c.id, c.created_at, c.status, c.conversation, c.question, c.collection, c.model
      FROM contrasts c JOIN lines l ON c.conversation = l.conversation AND c.created_at < l.until
      WHERE c.workspace = $2 AND c.experiment IS NULL
      ORDER BY c.created_at, c.id"""
          .formatted(LINES);

  private static final String RENAME =
      """
      INSERT INTO conversations (workspace, id, title)
      SELECT $1, $2, $3 WHERE EXISTS (
        SELECT FROM contrasts WHERE workspace = $1 AND conversation = $2 AND experiment IS NULL)
      ON CONFLICT (workspace, id) DO UPDATE SET title = excluded.title""";

  private static final String BRANCH =
      """
      INSERT INTO conversations (workspace, id, branched_from, branched_at)
      SELECT workspace, $3, conversation, created_at FROM contrasts
      WHERE workspace = $1 AND id = $2 AND experiment IS NULL""";

  private static final String DELETE =
      """
      DELETE FROM contrasts WHERE workspace = $1 AND conversation = ANY($2)
        AND experiment IS NULL AND status <> 'running'""";

  // A title without contrasts says nothing; one that others branched off from says where.
  private static final String DELETE_EMPTY =
      """
      DELETE FROM conversations v WHERE v.created_at < now() - interval '1 day'
        AND NOT EXISTS (
          SELECT FROM contrasts c WHERE c.workspace = v.workspace AND c.conversation = v.id)
        AND NOT EXISTS (
          SELECT FROM conversations b WHERE b.workspace = v.workspace AND b.branched_from = v.id)""";

  // What a conversation that is kept branched off from is part of it.
  private static final String FORGET =
      """
      DELETE FROM contrasts d USING (
        SELECT workspace, conversation FROM contrasts WHERE experiment IS NULL
        GROUP BY workspace, conversation
        HAVING max(created_at) < now() - make_interval(secs => $1) AND bool_and(status <> 'running')
          AND NOT EXISTS (
            SELECT FROM conversations b
            JOIN contrasts k ON k.workspace = b.workspace AND k.conversation = b.id
            WHERE b.workspace = contrasts.workspace AND b.branched_from = contrasts.conversation)
        ORDER BY max(created_at) LIMIT $2
      ) AS old
      WHERE d.workspace = old.workspace AND d.conversation = old.conversation
        AND d.experiment IS NULL""";

  private final Database database;

  /** The conversations in a migrated database. */
  public PostgresConversations(Database database) {
    this.database = database;
  }

  @Override
  public Future<List<Conversation>> list(
      Workspace workspace, @Nullable String search, @Nullable Instant before, int limit) {
    return database.list(
        LIST,
        Tuple.of(workspace.name())
            .addArrayOfString(PostgresContrasts.patterns(search))
            .addOffsetDateTime(before == null ? null : before.atOffset(ZoneOffset.UTC))
            .addInteger(limit),
        PostgresConversations::conversation);
  }

  private static Conversation conversation(Row row) {
    Instant askedAt = row.getOffsetDateTime(4).toInstant();
    return new Conversation(
        row.getString(0),
        row.getString(1),
        row.getBoolean(2),
        row.getOffsetDateTime(3).toInstant(),
        askedAt,
        row.getInteger(5),
        new Summary(
            row.getUUID(6).toString(),
            askedAt,
            PostgresContrasts.status(row.getString(7)),
            row.getString(0),
            row.getString(8),
            row.getString(9),
            row.getString(10)));
  }

  @Override
  public Future<List<Summary>> contrasts(Workspace workspace, String conversation) {
    return database
        .list(CONTRASTS, Tuple.of(conversation, workspace.name()), PostgresContrasts::summary)
        .compose(
            lines ->
                lines.isEmpty()
                    ? Future.failedFuture(absent(conversation))
                    : Future.succeededFuture(lines));
  }

  @Override
  public Future<Void> rename(Workspace workspace, String conversation, @Nullable String title) {
    return database
        .query(RENAME, Tuple.of(workspace.name(), conversation).addString(title))
        .compose(
            rows ->
                rows.rowCount() == 0
                    ? Future.failedFuture(absent(conversation))
                    : Future.succeededFuture());
  }

  @Override
  public Future<String> branch(Workspace workspace, String contrast) {
    String id = UUID.randomUUID().toString();
    return Identifier.of(contrast, PostgresConversations::noContrast)
        .compose(uuid -> database.query(BRANCH, Tuple.of(workspace.name(), uuid).addString(id)))
        .compose(
            rows ->
                rows.rowCount() == 0
                    ? Future.failedFuture(noContrast(contrast))
                    : Future.succeededFuture(id));
  }

  @Override
  public Future<Integer> delete(Workspace workspace, List<String> conversations) {
    return database
        .query(
            DELETE,
            Tuple.of(workspace.name()).addArrayOfString(conversations.toArray(String[]::new)))
        .map(rows -> rows.rowCount());
  }

  @Override
  public Future<Integer> forget(Duration age) {
    return database
        .query(FORGET, Tuple.of(age.toMillis() / 1e3, FORGOTTEN_AT_ONCE))
        .compose(rows -> database.query(DELETE_EMPTY, Tuple.tuple()).map(rows.rowCount()));
  }

  private static ProblemException absent(String conversation) {
    return new ProblemException(
        Kind.NOT_FOUND,
        "there is no conversation %s; it may have been deleted".formatted(conversation));
  }

  private static ProblemException noContrast(String id) {
    return new ProblemException(
        Kind.NOT_FOUND, "there is no contrast %s; it may have been deleted".formatted(id));
  }
}
