package io.kvasir.postgres;

import io.kvasir.retrieve.Library;
import io.vertx.sqlclient.Row;

/**
 * The sections of a collection: the headings of the first level at which a document divides. A
 * document that is one chapter is so shown by its second level.
 */
final class SectionRows {
  static final String SELECT =
      """
      WITH levels AS (
        SELECT p.document_id, p.ordinal, string_to_array(p.heading, ' › ') AS path
        FROM passages p WHERE p.collection_id = $1
      ), depths AS (
        SELECT document_id, CASE WHEN count(DISTINCT path[1]) = 1 THEN 2 ELSE 1 END AS depth
        FROM levels GROUP BY document_id
      ), sections AS (
        SELECT l.document_id, array_to_string(l.path[1:s.depth], ' › ') AS heading,
               count(*)::int AS passages, min(l.ordinal) AS first
        FROM levels l JOIN depths s USING (document_id)
        GROUP BY l.document_id, 2
      )
      SELECT d.name, s.heading, s.passages
      FROM sections s JOIN documents d ON d.id = s.document_id
      ORDER BY d.id, s.first""";

  private SectionRows() {}

  static Library.Section section(Row row) {
    return new Library.Section(row.getString(0), row.getString(1), row.getInteger(2));
  }
}
