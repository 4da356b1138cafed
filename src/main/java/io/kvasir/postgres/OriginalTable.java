package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.retrieve.Library.KeptOriginal;
import io.kvasir.retrieve.Library.Original;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HexFormat;
import java.util.Optional;

/** The files that documents were read from, once for equal ones. */
final class OriginalTable {
  // Both lock the row until the document refers to it, so that nobody drops it before.
  private static final String ADD =
      """
      INSERT INTO originals (sha256) VALUES ($1)
      ON CONFLICT (sha256) DO UPDATE SET sha256 = excluded.sha256""";

  private static final String FIND = "SELECT FROM originals WHERE sha256 = $1 FOR NO KEY UPDATE";

  private final Database database;
  private final boolean keeps;

  /**
   * The table.
   *
   * @param keeps whether files are kept; of those that are kept already a document takes hold
   *     anyway
   */
  OriginalTable(Database database, boolean keeps) {
    this.database = database;
    this.keeps = keeps;
  }

  /** Keeps a file within a transaction; gives its key, or nothing if it is not to be kept. */
  Future<Optional<Buffer>> keep(SqlConnection connection, Original original) {
    Buffer key = key(original.sha256());
    if (!keeps) {
      return connection
          .preparedQuery(FIND)
          .execute(Tuple.of(key))
          .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(key));
    }
    return connection
        .preparedQuery(ADD)
        .execute(Tuple.of(key))
        .compose(
            added ->
                connection
                    .preparedQuery("SELECT FROM original_pieces WHERE sha256 = $1 LIMIT 1")
                    .execute(Tuple.of(key)))
        .compose(
            there ->
                there.size() > 0
                    ? Future.succeededFuture()
                    : FilePieces.each(
                        database.vertx(),
                        original.content(),
                        (piece, content) ->
                            connection
                                .preparedQuery("INSERT INTO original_pieces VALUES ($1, $2, $3)")
                                .execute(Tuple.of(key, piece, content))))
        .map(kept -> Optional.of(key));
  }

  /** The file of a document. */
  Future<KeptOriginal> of(Workspace workspace, long document) {
    return database
        .list(
            "SELECT d.name, d.media_type, d.original, d.bytes"
                + " FROM documents d JOIN collections c ON c.id = d.collection_id"
                + " WHERE d.id = $1 AND d.original IS NOT NULL AND c.workspace = $2",
            Tuple.of(document, workspace.name()),
            row ->
                new KeptOriginal(
                    row.getString(0),
                    row.getString(1),
                    HexFormat.of().formatHex(row.getBuffer(2).getBytes()),
                    row.getLong(3)))
        .compose(
            found ->
                found.isEmpty()
                    ? Future.failedFuture(
                        new ProblemException(
                            Kind.NOT_FOUND,
                            "there is no document %d whose file is kept; give it again"
                                .formatted(document)))
                    : Future.succeededFuture(found.get(0)));
  }

  /** A piece; of no length behind the last. */
  Future<byte[]> piece(Workspace workspace, String sha256, int piece) {
    return database
        .list(
            "SELECT p.content FROM original_pieces p WHERE p.sha256 = $1 AND p.piece = $2"
                + " AND EXISTS (SELECT FROM documents d JOIN collections c ON c.id = d.collection_id"
                + " WHERE d.original = p.sha256 AND c.workspace = $3)",
            Tuple.of(key(sha256), piece, workspace.name()),
            row -> row.getBuffer(0))
        .map(FilePieces::only);
  }

  static Buffer key(String sha256) {
    return Buffer.buffer(HexFormat.of().parseHex(sha256));
  }
}
