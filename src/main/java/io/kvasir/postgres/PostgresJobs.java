package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.ValueKind;
import io.kvasir.core.Workspace;
import io.kvasir.ingest.Ingestion.FileState;
import io.kvasir.ingest.Ingestion.FileStatus;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.Ingestion.Source;
import io.kvasir.ingest.IngestionLimits;
import io.kvasir.ingest.JobStore;
import io.kvasir.ingest.Task;
import io.kvasir.ingest.Task.Work;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Ingestion jobs in PostgreSQL, with their files until those are in the library. */
public final class PostgresJobs implements JobStore {
  private static final String ADD =
      """
      INSERT INTO ingestion_jobs (id, created_at, language, server, job, encodes, encoder, workspace,
        value_kind, remembers)
      VALUES ($1, $2, $3, $4, $5::text::json, $6, $7, $8, $9, $10)""";

  private static final String FORGET =
      """
      DELETE FROM ingestion_jobs WHERE workspace = $2 AND finished AND id NOT IN (
        SELECT id FROM ingestion_jobs WHERE workspace = $2
        ORDER BY created_at DESC, id LIMIT $1)""";

  private static final String STANDING =
      "SELECT cancelled FROM ingestion_jobs WHERE id = $1 AND server = $2";

  // What a file came further than ever clears it of the servers that ended over it; this one counts
  // until it ends well.
  private static final String SAVE =
      """
      WITH kept AS (
        UPDATE ingestion_jobs SET job = $3::text::json, notes = $4::text::json, finished = $5
        WHERE id = $1 AND server = $2 RETURNING id, cancelled),
      pieces AS (
        DELETE FROM ingestion_pieces p USING kept k WHERE p.job = k.id AND p.file = ANY ($6)),
      over AS (
        DELETE FROM ingestion_readings r USING kept k WHERE r.job = k.id AND r.file = ANY ($6)),
      further AS (
        UPDATE ingestion_readings r SET attempts = 1, passages = $8
        FROM kept k WHERE r.job = k.id AND r.file = $7 AND r.passages < $8)
      SELECT cancelled FROM kept""";

  // Files go in order: those before it are over, even where that could not be kept yet.
  private static final String BEGIN =
      """
      WITH ours AS (
        SELECT id, cancelled FROM ingestion_jobs WHERE id = $1 AND server = $2 FOR UPDATE),
      over AS (
        DELETE FROM ingestion_readings r USING ours o WHERE r.job = o.id AND r.file < $3),
      counted AS (
        INSERT INTO ingestion_readings (job, file)
        SELECT id, $3 FROM ours WHERE NOT cancelled
        ON CONFLICT (job, file) DO UPDATE SET attempts = ingestion_readings.attempts + 1)
      SELECT cancelled FROM ours""";

  private static final String HAND_BACK =
      """
      WITH given AS (
        UPDATE ingestion_jobs SET job = $3::text::json, notes = $4::text::json, server = NULL
        WHERE id = $1 AND server = $2 RETURNING id)
      UPDATE ingestion_readings r SET attempts = attempts - 1
      FROM given g WHERE r.job = g.id AND r.file = $5 AND r.attempts > 0""";

  private static final String TAKE_OVER =
      """
      UPDATE ingestion_jobs SET server = $1 WHERE id = (
        SELECT id FROM ingestion_jobs j
        WHERE NOT finished AND id <> ALL ($3::uuid[]) AND (j.server = $1 OR NOT EXISTS (
          SELECT FROM servers s
          WHERE s.id = j.server AND s.seen_at > now() - make_interval(secs => $2)))
        ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING %s, cancelled, language, encoder, workspace,
        EXISTS (SELECT FROM ingestion_originals o WHERE o.job = ingestion_jobs.id), value_kind"""
          .formatted(JobRow.COLUMNS);

  private static final int NO_FILE = -1;

  private final Database database;
  private final JobPieces pieces;
  private final UUID server;
  private final double leaseSeconds;

  /**
   * The jobs in a migrated database.
   *
   * @param server this one, as its lease names it
   */
  public PostgresJobs(Database database, UUID server) {
    this.database = database;
    this.pieces = new JobPieces(database);
    this.server = server;
    this.leaseSeconds = ServerLease.LEASE.toMillis() / 1e3;
  }

  @Override
  public Future<Void> add(Workspace workspace, Job job, Task task, List<Source> sources) {
    UUID id = UUID.fromString(job.id());
    Tuple values =
        Tuple.of(
                id,
                job.createdAt().atOffset(ZoneOffset.UTC),
                task.language(),
                server,
                JobRow.job(job))
            // To a server of the version before one that remembers is one that encodes, without an
            // encoder that it knows: it fails it, and does not look for files.
            .addBoolean(task.work() == Work.ENCODE || task.work() == Work.REMEMBER)
            .addString(task.encoder())
            .addString(workspace.name())
            .addString(task.values() == null ? null : task.values().toString())
            .addBoolean(task.work() == Work.REMEMBER);
    return database
        .transaction(
            connection ->
                connection
                    .preparedQuery(ADD)
                    .execute(values)
                    .compose(
                        added ->
                            switch (task.work()) {
                              case READ -> pieces.keep(connection, id, sources);
                              case READ_AGAIN -> pieces.refer(connection, workspace, job);
                              case ENCODE, REMEMBER -> Future.succeededFuture();
                            }))
        .compose(
            kept -> database.query(FORGET, Tuple.of(IngestionLimits.KEPT_JOBS, workspace.name())))
        .mapEmpty();
  }

  @Override
  public Future<Standing> standing(String job) {
    return database
        .query(STANDING, Tuple.of(UUID.fromString(job), server))
        .map(PostgresJobs::standing);
  }

  private static Standing standing(RowSet<Row> rows) {
    if (rows.size() == 0) {
      return Standing.LOST;
    }
    return rows.iterator().next().getBoolean(0) ? Standing.CANCELLED : Standing.OURS;
  }

  @Override
  public Future<Standing> save(Job job) {
    int running = running(job);
    return database
        .query(
            SAVE,
            Tuple.of(UUID.fromString(job.id()), server, JobRow.job(job), JobRow.notes(job))
                .addBoolean(job.finished())
                .addArrayOfInteger(files(job, FileStatus::isOver).boxed().toArray(Integer[]::new))
                .addInteger(running)
                .addInteger(running == NO_FILE ? 0 : job.files().get(running).passages()))
        .map(PostgresJobs::standing);
  }

  /** Files go in order, so there is one at the most. */
  private static int running(Job job) {
    return files(job, file -> file.state() == FileState.RUNNING).findFirst().orElse(NO_FILE);
  }

  private static IntStream files(Job job, Predicate<FileStatus> condition) {
    return IntStream.range(0, job.files().size())
        .filter(file -> condition.test(job.files().get(file)));
  }

  @Override
  public Future<Standing> begin(String job, int file) {
    return database
        .query(BEGIN, Tuple.of(UUID.fromString(job), server, file))
        .map(PostgresJobs::standing);
  }

  @Override
  public Future<Void> handBack(Job job) {
    return database
        .query(
            HAND_BACK,
            Tuple.of(
                UUID.fromString(job.id()),
                server,
                JobRow.job(job),
                JobRow.notes(job),
                running(job)))
        .mapEmpty();
  }

  @Override
  public Future<Optional<TakenOver>> takeOver(Set<String> own) {
    UUID[] known = own.stream().map(UUID::fromString).toArray(UUID[]::new);
    return database
        .query(TAKE_OVER, Tuple.of(server, leaseSeconds, known))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.succeededFuture(Optional.empty())
                    : taken(rows.iterator().next()).map(Optional::of));
  }

  private Future<TakenOver> taken(Row row) {
    Job job = JobRow.job(row);
    return database
        .list(
            "SELECT file, attempts, passages FROM ingestion_readings WHERE job = $1",
            Tuple.of(UUID.fromString(job.id())),
            reading ->
                Map.entry(
                    reading.getInteger(0), new Begun(reading.getInteger(1), reading.getInteger(2))))
        .map(
            begun ->
                new TakenOver(
                    new Workspace(row.getString(7)),
                    job,
                    task(row),
                    row.getBoolean(4),
                    begun.stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
  }

  private static Task task(Row row) {
    if (row.getBoolean(JobRow.REMEMBERS)) {
      return Task.remember();
    }
    if (row.getBoolean(JobRow.ENCODES)) {
      return Task.encode(row.getString(6));
    }
    String values = row.getString(9);
    return row.getBoolean(8)
        ? Task.readAgain()
        : Task.read(
            row.getString(5),
            row.getString(6),
            values == null ? null : ValueKind.of(values).orElse(null));
  }

  @Override
  public Future<byte[]> piece(String job, int file, int piece) {
    return pieces.piece(UUID.fromString(job), file, piece);
  }

  @Override
  public Future<Job> job(Workspace workspace, String id) {
    return Identifier.of(id, PostgresJobs::absent)
        .compose(
            uuid ->
                database.list(
                    "SELECT "
                        + JobRow.COLUMNS
                        + " FROM ingestion_jobs WHERE id = $1 AND workspace = $2",
                    Tuple.of(uuid, workspace.name()),
                    JobRow::job))
        .compose(found -> found.isEmpty() ? gone(id) : Future.succeededFuture(found.get(0)));
  }

  @Override
  public Future<List<Job>> jobs(Workspace workspace, int limit) {
    return database.list(
        "SELECT "
            + JobRow.COLUMNS
            + " FROM ingestion_jobs WHERE workspace = $2 ORDER BY created_at DESC, id LIMIT $1",
        Tuple.of(limit, workspace.name()),
        JobRow::job);
  }

  @Override
  public Future<Void> cancel(Workspace workspace, String id) {
    return Identifier.of(id, PostgresJobs::absent)
        .compose(
            uuid ->
                database.query(
                    "UPDATE ingestion_jobs SET cancelled = true WHERE id = $1 AND workspace = $2",
                    Tuple.of(uuid, workspace.name())))
        .compose(rows -> rows.rowCount() == 0 ? gone(id) : Future.succeededFuture());
  }

  private static <T> Future<T> gone(String id) {
    return Future.failedFuture(absent(id));
  }

  private static ProblemException absent(String id) {
    return new ProblemException(
        Kind.NOT_FOUND,
        "there is no job %s; only the last %d are remembered"
            .formatted(id, IngestionLimits.KEPT_JOBS));
  }
}
