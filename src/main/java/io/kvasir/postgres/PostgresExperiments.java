package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.evaluate.Result;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.evaluate.dataset.SourceDocument;
import io.kvasir.experiment.Experiment;
import io.kvasir.experiment.Experiment.State;
import io.kvasir.experiment.ExperimentPlan;
import io.kvasir.experiment.ExperimentStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Experiments in PostgreSQL, with what they ask and what came of it. */
public final class PostgresExperiments implements ExperimentStore {
  /** How many results the pace of an experiment is told by. */
  private static final int PACE = 50;

  /** How many documents or questions are sent in one batch. */
  private static final int STEP = 500;

  private static final String ADD =
      "INSERT INTO experiments (id, workspace, total, plan) VALUES ($1, $2, $3, $4::text::json)";

  // Seconds that the rest takes, where the last results came one after the other.
  private static final String COLUMNS =
      """
      plan::text, id, created_at, state, message, total,
      (SELECT count(*) FROM experiment_results r WHERE r.experiment = e.id) AS done,
      (SELECT extract(epoch FROM max(done_at) - min(done_at)) / nullif(count(*) - 1, 0)
       FROM (SELECT done_at FROM experiment_results r WHERE r.experiment = e.id
             ORDER BY done_at DESC LIMIT %d) AS last) AS pace"""
          .formatted(PACE);

  private static final String TAKE =
      """
      UPDATE experiments SET server = $1, state = 'running' WHERE id = (
        SELECT id FROM experiments e
        WHERE state IN ('waiting', 'running') AND (e.server = $1 OR NOT EXISTS (
          SELECT FROM servers s
          WHERE s.id = e.server AND s.seen_at > now() - make_interval(secs => $2)))
        ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING plan::text, id, workspace""";

  private static final String KEEP =
      """
      WITH ours AS (
        SELECT id, cancelled FROM experiments
        WHERE id = $1 AND server = $2 AND state = 'running' FOR SHARE),
      kept AS (
        INSERT INTO experiment_results (experiment, question, place, result)
        SELECT id, each.question, each.place, each.result::json
        FROM ours, unnest($3::int[], $4::int[], $5::text[]) AS each (question, place, result)
        ON CONFLICT DO NOTHING)
      SELECT cancelled FROM ours""";

  private static final String MERGE =
      """
      INSERT INTO experiment_results (experiment, question, place, result)
      SELECT e.id, each.question, each.place, each.result::json
      FROM experiments e, unnest($2::int[], $3::int[], $4::text[]) AS each (question, place, result)
      WHERE e.id = $1 AND e.workspace = $5
      ON CONFLICT DO NOTHING""";

  private static final String SAY =
      """
      UPDATE experiments SET message = $3 WHERE id = $1 AND server = $2 AND state = 'running'
      RETURNING cancelled""";

  private final Database database;
  private final UUID server;
  private final double leaseSeconds;

  /**
   * The experiments in a migrated database.
   *
   * @param server this one, as its lease names it
   */
  public PostgresExperiments(Database database, UUID server) {
    this.database = database;
    this.server = server;
    this.leaseSeconds = ServerLease.LEASE.toMillis() / 1e3;
  }

  @Override
  public Future<Experiment> add(
      Workspace workspace,
      ExperimentPlan plan,
      List<SourceDocument> documents,
      List<LabelledQuestion> questions,
      int total) {
    UUID id = UUID.randomUUID();
    return database
        .transaction(
            connection ->
                connection
                    .preparedQuery(ADD)
                    .execute(
                        Tuple.of(
                            id, workspace.name(), total, StoredJson.written(plan, "experiment")))
                    .compose(added -> put(connection, "document", id, documents))
                    .compose(added -> put(connection, "question", id, questions)))
        .compose(added -> get(workspace, id.toString()));
  }

  private static Future<Void> put(
      SqlConnection connection, String noun, UUID id, List<? extends Record> all) {
    Future<Void> put = Future.succeededFuture();
    for (int from = 0; from < all.size(); from += STEP) {
      int first = from;
      List<? extends Record> step = all.subList(from, Math.min(from + STEP, all.size()));
      put =
          put.compose(
              before ->
                  connection
                      .preparedQuery(
                          """
                          INSERT INTO experiment_%1$ss (experiment, place, %1$s)
                          SELECT $1, $2::int + each.place::int - 1, each.value::json
                          FROM unnest($3::text[]) WITH ORDINALITY AS each (value, place)"""
                              .formatted(noun))
                      .execute(
                          Tuple.of(id, first)
                              .addArrayOfString(
                                  step.stream()
                                      .map(each -> StoredJson.written(each, noun))
                                      .toArray(String[]::new)))
                      .mapEmpty());
    }
    return put;
  }

  @Override
  public Future<List<Experiment>> list(Workspace workspace, int limit) {
    return database.list(
        "SELECT "
            + COLUMNS
            + " FROM experiments e WHERE workspace = $1 ORDER BY created_at DESC, id LIMIT $2",
        Tuple.of(workspace.name(), limit),
        PostgresExperiments::experiment);
  }

  @Override
  public Future<Experiment> get(Workspace workspace, String id) {
    return Identifier.of(id, PostgresExperiments::absent)
        .compose(
            uuid ->
                database.list(
                    "SELECT " + COLUMNS + " FROM experiments e WHERE id = $1 AND workspace = $2",
                    Tuple.of(uuid, workspace.name()),
                    PostgresExperiments::experiment))
        .compose(found -> found.isEmpty() ? gone(id) : Future.succeededFuture(found.get(0)));
  }

  private static Experiment experiment(Row row) {
    State state = state(row.getString(3));
    int done = row.getInteger(6);
    int total = row.getInteger(5);
    Double pace = row.getDouble(7);
    return new Experiment(
        row.getUUID(1).toString(),
        row.getOffsetDateTime(2).toInstant(),
        state,
        row.getString(4),
        StoredJson.read(row, ExperimentPlan.class, "experiment"),
        done,
        total,
        state == State.RUNNING ? secondsLeft(pace, total - done) : null);
  }

  /** The first results come together, which tells nothing of the pace. */
  private static @Nullable Long secondsLeft(@Nullable Double pace, int left) {
    return pace == null || pace == 0 ? null : Math.round(pace * left);
  }

  private static State state(String name) {
    return Stream.of(State.values())
        .filter(state -> state.toString().equals(name))
        .findAny()
        .orElseThrow(() -> new IllegalStateException("experiments.state holds " + name));
  }

  @Override
  public Future<Optional<Taken>> take() {
    return database
        .list(
            TAKE,
            Tuple.of(server, leaseSeconds),
            row ->
                new Taken(
                    new Workspace(row.getString(2)),
                    row.getUUID(1).toString(),
                    StoredJson.read(row, ExperimentPlan.class, "experiment")))
        .map(taken -> taken.stream().findFirst());
  }

  @Override
  public Future<List<SourceDocument>> documents(String id, int from, int count) {
    return database.list(
        """
        SELECT document::text FROM experiment_documents
        WHERE experiment = $1 AND place >= $2 AND place < $3 ORDER BY place""",
        Tuple.of(UUID.fromString(id), from, from + count),
        row -> StoredJson.read(row, SourceDocument.class, "document"));
  }

  @Override
  public Future<List<LabelledQuestion>> questions(String id) {
    return database.list(
        "SELECT question::text FROM experiment_questions WHERE experiment = $1 ORDER BY place",
        Tuple.of(UUID.fromString(id)),
        row -> StoredJson.read(row, LabelledQuestion.class, "question"));
  }

  @Override
  public Future<List<Placed>> results(String id) {
    return database.list(
        """
        SELECT result::text, question, place FROM experiment_results
        WHERE experiment = $1 ORDER BY question, place""",
        Tuple.of(UUID.fromString(id)),
        row ->
            new Placed(
                row.getInteger(1),
                row.getInteger(2),
                StoredJson.read(row, Result.class, "result")));
  }

  @Override
  public Future<Standing> keep(String id, List<Placed> results) {
    return database
        .query(KEEP, values(Tuple.of(UUID.fromString(id), server), results))
        .map(PostgresExperiments::standing);
  }

  @Override
  public Future<Integer> merge(Workspace workspace, String id, List<Placed> results) {
    return database
        .query(MERGE, values(Tuple.of(UUID.fromString(id)), results).addString(workspace.name()))
        .map(RowSet::rowCount);
  }

  private static Tuple values(Tuple before, List<Placed> results) {
    return before
        .addArrayOfInteger(column(results, Placed::question))
        .addArrayOfInteger(column(results, Placed::row))
        .addArrayOfString(
            results.stream()
                .map(each -> StoredJson.written(each.result(), "result"))
                .toArray(String[]::new));
  }

  private static Integer[] column(List<Placed> results, Function<Placed, Integer> value) {
    return results.stream().map(value).toArray(Integer[]::new);
  }

  @Override
  public Future<Standing> say(String id, @Nullable String message) {
    return database
        .query(SAY, Tuple.of(UUID.fromString(id), server, message))
        .map(PostgresExperiments::standing);
  }

  private static Standing standing(RowSet<Row> rows) {
    if (rows.size() == 0) {
      return Standing.LOST;
    }
    return rows.iterator().next().getBoolean(0) ? Standing.CANCELLED : Standing.OURS;
  }

  @Override
  public Future<Void> end(String id, State state, @Nullable String message) {
    return database
        .query(
            """
            UPDATE experiments SET state = $3, message = $4, server = NULL, cancelled = false
            WHERE id = $1 AND server = $2""",
            Tuple.of(UUID.fromString(id), server, state.toString(), message))
        .mapEmpty();
  }

  /** One that nobody does ends at once; whoever does it hears of it. */
  @Override
  public Future<Void> cancel(Workspace workspace, String id) {
    return change(
        workspace,
        id,
        """
        UPDATE experiments SET cancelled = (state = 'running'),
          state = CASE state WHEN 'waiting' THEN 'cancelled' ELSE state END
        WHERE id = $1 AND workspace = $2""");
  }

  @Override
  public Future<Void> resume(Workspace workspace, String id) {
    return change(
        workspace,
        id,
        """
        UPDATE experiments SET cancelled = false, message = NULL,
          state = CASE WHEN state IN ('cancelled', 'failed') THEN 'waiting' ELSE state END
        WHERE id = $1 AND workspace = $2""");
  }

  @Override
  public Future<Void> delete(Workspace workspace, String id) {
    return change(workspace, id, "DELETE FROM experiments WHERE id = $1 AND workspace = $2");
  }

  private Future<Void> change(Workspace workspace, String id, String statement) {
    return Identifier.of(id, PostgresExperiments::absent)
        .compose(uuid -> database.query(statement, Tuple.of(uuid, workspace.name())))
        .compose(rows -> rows.rowCount() == 0 ? gone(id) : Future.succeededFuture());
  }

  private static <T> Future<T> gone(String id) {
    return Future.failedFuture(absent(id));
  }

  private static ProblemException absent(String id) {
    return new ProblemException(
        Kind.NOT_FOUND, "there is no experiment %s; it may have been deleted".formatted(id));
  }
}
