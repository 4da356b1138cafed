package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.Ingestion.Source;
import io.kvasir.ingest.IngestionLimits;
import io.kvasir.ingest.JobStore;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Ingestion jobs in PostgreSQL, with their files until those are in the library. */
public final class PostgresJobs implements JobStore {
  /** How much of a file goes to the database or comes from it at once. */
  static final int PIECE_BYTES = 1 << 20;

  private static final String ADD =
      """
      INSERT INTO ingestion_jobs (id, created_at, language, server, job)
      VALUES ($1, $2, $3, $4, $5::text::json)""";

  private static final String FORGET =
      """
      DELETE FROM ingestion_jobs WHERE finished AND id NOT IN (
        SELECT id FROM ingestion_jobs ORDER BY created_at DESC, id LIMIT $1)""";

  private static final String SAVE =
      """
      UPDATE ingestion_jobs SET job = $3::text::json, finished = $4
      WHERE id = $1 AND server = $2 RETURNING cancelled""";

  private static final String HAND_BACK =
      """
      UPDATE ingestion_jobs SET job = $3::text::json, server = NULL, attempts = attempts - 1
      WHERE id = $1 AND server = $2""";

  private static final String TAKE_OVER =
      """
      UPDATE ingestion_jobs SET server = $1, attempts = attempts + 1 WHERE id = (
        SELECT id FROM ingestion_jobs j WHERE NOT finished AND NOT EXISTS (
          SELECT FROM servers s
          WHERE s.id = j.server AND s.seen_at > now() - make_interval(secs => $2))
        ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING job::text, language, attempts, cancelled""";

  private final Database database;
  private final UUID server;
  private final double leaseSeconds;

  /**
   * The jobs in a migrated database.
   *
   * @param server this one, as its lease names it
   */
  public PostgresJobs(Database database, UUID server) {
    this.database = database;
    this.server = server;
    this.leaseSeconds = ServerLease.LEASE.toMillis() / 1e3;
  }

  @Override
  public Future<Void> add(Job job, @Nullable String language, List<Source> sources) {
    UUID id = UUID.fromString(job.id());
    Tuple values =
        Tuple.of(id, job.createdAt().atOffset(ZoneOffset.UTC), language, server, written(job));
    return database
        .transaction(
            connection ->
                connection
                    .preparedQuery(ADD)
                    .execute(values)
                    .compose(added -> keep(connection, id, sources, 0)))
        .compose(kept -> database.query(FORGET, Tuple.of(IngestionLimits.KEPT_JOBS)))
        .mapEmpty();
  }

  private Future<Void> keep(SqlConnection connection, UUID job, List<Source> sources, int file) {
    if (file == sources.size()) {
      return Future.succeededFuture();
    }
    return database
        .vertx()
        .fileSystem()
        .open(sources.get(file).content().toString(), new OpenOptions().setWrite(false))
        .compose(open -> keep(connection, job, file, open, 0).eventually(open::close))
        .compose(kept -> keep(connection, job, sources, file + 1));
  }

  private static Future<Void> keep(
      SqlConnection connection, UUID job, int file, AsyncFile open, int piece) {
    return open.read(Buffer.buffer(PIECE_BYTES), 0, (long) piece * PIECE_BYTES, PIECE_BYTES)
        .compose(
            content ->
                content.length() == 0
                    ? Future.succeededFuture()
                    : connection
                        .preparedQuery("INSERT INTO ingestion_pieces VALUES ($1, $2, $3, $4)")
                        .execute(Tuple.of(job, file, piece, content))
                        .compose(kept -> keep(connection, job, file, open, piece + 1)));
  }

  @Override
  public Future<Standing> save(Job job) {
    UUID id = UUID.fromString(job.id());
    return database
        .query(SAVE, Tuple.of(id, server, written(job), job.finished()))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.succeededFuture(Standing.LOST)
                    : dropPieces(id, job).map(standing(rows)));
  }

  private static Standing standing(RowSet<Row> rows) {
    return rows.iterator().next().getBoolean(0) ? Standing.CANCELLED : Standing.OURS;
  }

  private Future<Void> dropPieces(UUID id, Job job) {
    Integer[] over =
        IntStream.range(0, job.files().size())
            .filter(file -> job.files().get(file).isOver())
            .boxed()
            .toArray(Integer[]::new);
    return over.length == 0
        ? Future.succeededFuture()
        : database
            .query(
                "DELETE FROM ingestion_pieces WHERE job = $1 AND file = ANY ($2)",
                Tuple.of(id).addArrayOfInteger(over))
            .mapEmpty();
  }

  @Override
  public Future<Void> handBack(Job job) {
    return database
        .query(HAND_BACK, Tuple.of(UUID.fromString(job.id()), server, written(job)))
        .mapEmpty();
  }

  @Override
  public Future<Optional<TakenOver>> takeOver() {
    return database
        .list(
            TAKE_OVER,
            Tuple.of(server, leaseSeconds),
            row -> new TakenOver(job(row), row.getString(1), row.getInteger(2), row.getBoolean(3)))
        .map(taken -> taken.stream().findFirst());
  }

  @Override
  public Future<Void> copy(String job, int file, Path target) {
    return database
        .vertx()
        .fileSystem()
        .open(target.toString(), new OpenOptions().setTruncateExisting(true))
        .compose(open -> copy(UUID.fromString(job), file, open, 0).eventually(open::close));
  }

  private Future<Void> copy(UUID job, int file, AsyncFile open, int piece) {
    return database
        .list(
            "SELECT content FROM ingestion_pieces WHERE job = $1 AND file = $2 AND piece = $3",
            Tuple.of(job, file, piece),
            row -> row.getBuffer(0))
        .compose(
            pieces ->
                pieces.isEmpty()
                    ? Future.succeededFuture()
                    : open.write(pieces.get(0))
                        .compose(written -> copy(job, file, open, piece + 1)));
  }

  @Override
  public Future<Job> job(String id) {
    return identifier(id)
        .compose(
            uuid ->
                database.list(
                    "SELECT job::text FROM ingestion_jobs WHERE id = $1",
                    Tuple.of(uuid),
                    PostgresJobs::job))
        .compose(found -> found.isEmpty() ? gone(id) : Future.succeededFuture(found.get(0)));
  }

  @Override
  public Future<List<Job>> jobs(int limit) {
    return database.list(
        "SELECT job::text FROM ingestion_jobs ORDER BY created_at DESC, id LIMIT $1",
        Tuple.of(limit),
        PostgresJobs::job);
  }

  @Override
  public Future<Void> cancel(String id) {
    return identifier(id)
        .compose(
            uuid ->
                database.query(
                    "UPDATE ingestion_jobs SET cancelled = true WHERE id = $1", Tuple.of(uuid)))
        .compose(rows -> rows.rowCount() == 0 ? gone(id) : Future.succeededFuture());
  }

  private static String written(Job job) {
    return StoredJson.written(job, "job");
  }

  private static Job job(Row row) {
    return StoredJson.read(row, Job.class, "job");
  }

  private static Future<UUID> identifier(String id) {
    try {
      return Future.succeededFuture(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      return gone(id);
    }
  }

  private static <T> Future<T> gone(String id) {
    return Future.failedFuture(
        new ProblemException(
            Kind.NOT_FOUND,
            "there is no job %s; only the last %d are remembered"
                .formatted(id, IngestionLimits.KEPT_JOBS)));
  }
}
