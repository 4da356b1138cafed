package io.kvasir.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ExampleQuestion;
import io.kvasir.json.Json;
import io.vertx.sqlclient.Row;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A collection as it is stored.
 *
 * @param id of its partition
 * @param dimensions of its embeddings
 * @param nearest whether it has an index of nearest neighbours
 * @param collection what everybody else sees of it
 */
record CollectionRow(long id, int dimensions, boolean nearest, DocumentCollection collection) {
  static final String SELECT =
      """
      SELECT c.id, c.dimensions, has_nearest(c.id), c.name, c.language, c.encoder,
             (SELECT count(*) FROM documents d WHERE d.collection_id = c.id)::int,
             (SELECT coalesce(sum(d.passages), 0) FROM documents d WHERE d.collection_id = c.id)::int,
             (SELECT coalesce(sum(d.bytes), 0) FROM documents d WHERE d.collection_id = c.id)::bigint,
             c.examples::text
      FROM collections c
      """;

  private static final TypeReference<List<ExampleQuestion>> EXAMPLES = new TypeReference<>() {};

  static CollectionRow of(Row row) {
    return new CollectionRow(
        row.getLong(0),
        row.getInteger(1),
        row.getBoolean(2),
        new DocumentCollection(
            row.getString(3),
            row.getString(4),
            row.getString(5),
            row.getInteger(6),
            row.getInteger(7),
            row.getLong(8),
            examples(row.getString(9))));
  }

  private static List<ExampleQuestion> examples(String json) {
    try {
      return Json.MAPPER.readValue(json, EXAMPLES);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("collections.examples holds something else", e);
    }
  }
}
