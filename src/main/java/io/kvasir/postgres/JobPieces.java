package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.ingest.Ingestion.FileStatus;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.Ingestion.Source;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** The files of ingestion jobs: those that were given, and those that are kept and read again. */
final class JobPieces {
  private static final String REFER =
      """
      INSERT INTO ingestion_originals (job, file, sha256)
      SELECT $1, n.place - 1, d.original
      FROM unnest($3::text[]) WITH ORDINALITY n (name, place)
      JOIN collections c ON c.name = $2 AND c.workspace = $4
      JOIN documents d ON d.collection_id = c.id AND d.name = n.name
      WHERE d.original IS NOT NULL""";

  private static final String PIECE =
      """
      SELECT content FROM ingestion_pieces WHERE job = $1 AND file = $2 AND piece = $3
      UNION ALL
      SELECT p.content FROM ingestion_originals o JOIN original_pieces p ON p.sha256 = o.sha256
      WHERE o.job = $1 AND o.file = $2 AND p.piece = $3""";

  private final Database database;

  JobPieces(Database database) {
    this.database = database;
  }

  /** Keeps files within a transaction. */
  Future<Void> keep(SqlConnection connection, UUID job, List<Source> sources) {
    Future<Void> kept = Future.succeededFuture();
    for (int i = 0; i < sources.size(); i++) {
      int file = i;
      kept = kept.compose(before -> keep(connection, job, file, sources.get(file)));
    }
    return kept;
  }

  private Future<Void> keep(SqlConnection connection, UUID job, int file, Source source) {
    return FilePieces.each(
        database.vertx(),
        source.content(),
        (piece, content) ->
            connection
                .preparedQuery("INSERT INTO ingestion_pieces VALUES ($1, $2, $3, $4)")
                .execute(Tuple.of(job, file, piece, content)));
  }

  /** Refers to the originals of documents by the names of a job's files, within a transaction. */
  Future<Void> refer(SqlConnection connection, Workspace workspace, Job job) {
    String[] names = job.files().stream().map(FileStatus::name).toArray(String[]::new);
    return connection
        .preparedQuery(REFER)
        .execute(Tuple.of(UUID.fromString(job.id()), job.collection(), names, workspace.name()))
        .compose(
            rows ->
                rows.rowCount() == 0
                    ? Future.failedFuture(
                        new ProblemException(
                            Kind.CONFLICT, "the documents were deleted or replaced meanwhile"))
                    : Future.succeededFuture());
  }

  /** A piece; of no length behind the last. */
  Future<byte[]> piece(UUID job, int file, int piece) {
    return database
        .list(PIECE, Tuple.of(job, file, piece), row -> row.getBuffer(0))
        .map(FilePieces::only);
  }
}
