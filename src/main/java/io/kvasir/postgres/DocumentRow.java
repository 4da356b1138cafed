package io.kvasir.postgres;

import io.kvasir.core.Document;
import io.kvasir.ingest.format.DocumentReader;
import io.vertx.sqlclient.Row;
import java.util.Map;

/** A document as its row holds it. */
final class DocumentRow {
  /** The columns that {@link #document} reads, and where they are. */
  static final String SELECT =
      "d.id, c.name, d.name, d.title, d.media_type, d.pages, d.characters, d.passages,"
          + " d.ingested_at, d.bytes, d.reader"
          + " FROM documents d JOIN collections c ON c.id = d.collection_id ";

  private static final Map<String, Integer> READERS = DocumentReader.versions();

  private DocumentRow() {}

  /**
   * Its document.
   *
   * @param first the place of the first column
   */
  static Document document(Row row, int first) {
    String mediaType = row.getString(first + 4);
    return new Document(
        row.getLong(first),
        row.getString(first + 1),
        row.getString(first + 2),
        row.getString(first + 3),
        mediaType,
        row.getInteger(first + 5),
        row.getInteger(first + 6),
        row.getInteger(first + 7),
        row.getOffsetDateTime(first + 8).toInstant(),
        row.getLong(first + 9),
        row.getInteger(first + 10) < READERS.getOrDefault(mediaType, 0));
  }
}
