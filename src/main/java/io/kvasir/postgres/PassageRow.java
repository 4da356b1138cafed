package io.kvasir.postgres;

import io.kvasir.core.Passage;
import io.vertx.sqlclient.Row;

/** The columns of a passage and how they become one. */
final class PassageRow {
  /** Columns of {@code passages p JOIN documents d}. */
  static final String COLUMNS =
      "p.id, p.document_id, d.name, d.title, p.ordinal, p.heading, p.page, p.span_start, p.span_end,"
          + " p.key, p.value,"
          + " EXISTS (SELECT FROM passage_corrections h WHERE h.passage = p.id)";

  /** How many those are. */
  static final int COUNT = 12;

  private PassageRow() {}

  static Passage passage(Row row) {
    return new Passage(
        row.getLong(0),
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getInteger(4),
        row.getString(5),
        row.getInteger(6),
        row.getInteger(7),
        row.getInteger(8),
        row.getString(9),
        row.getString(10),
        row.getBoolean(11));
  }
}
