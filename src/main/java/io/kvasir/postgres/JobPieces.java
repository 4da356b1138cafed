package io.kvasir.postgres;

import io.kvasir.ingest.Ingestion.Source;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** The files of ingestion jobs, in pieces, so that neither side ever holds a whole one. */
final class JobPieces {
  /** How much of a file goes to the database or comes from it at once. */
  static final int PIECE_BYTES = 1 << 20;

  private final Database database;

  JobPieces(Database database) {
    this.database = database;
  }

  /** Keeps files within a transaction. */
  Future<Void> keep(SqlConnection connection, UUID job, List<Source> sources) {
    return keep(connection, job, sources, 0);
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

  /** A piece; of no length behind the last. */
  Future<byte[]> piece(UUID job, int file, int piece) {
    return database
        .list(
            "SELECT content FROM ingestion_pieces WHERE job = $1 AND file = $2 AND piece = $3",
            Tuple.of(job, file, piece),
            row -> row.getBuffer(0).getBytes())
        .map(found -> found.isEmpty() ? new byte[0] : found.get(0));
  }
}
