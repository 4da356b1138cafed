package io.kvasir.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ExampleQuestion;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.ValueKind;
import io.kvasir.json.Json;
import io.vertx.sqlclient.Row;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A collection as it is stored.
 *
 * @param id of its partition of passages
 * @param encoding of its partition of vectors, made by the encoder that questions go to
 * @param dimensions of those
 * @param nearest whether they have an index of nearest neighbours
 * @param collection what everybody else sees of it
 */
record CollectionRow(
    long id, long encoding, int dimensions, boolean nearest, DocumentCollection collection) {
  static final String SELECT =
      """
      SELECT c.id, e.id, c.dimensions, has_vector_index(e.id), c.name, c.language, c.encoder,
             held.documents, held.passages, held.bytes, c.examples::text, c.value_kind,
             coalesce(c.title, c.name)
      FROM collections c
      JOIN encodings e ON e.collection_id = c.id AND e.encoder = c.encoder
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS documents, coalesce(sum(d.passages), 0)::int AS passages,
               coalesce(sum(d.bytes), 0)::bigint AS bytes
        FROM documents d WHERE d.collection_id = c.id
      ) AS held
      """;

  private static final TypeReference<List<ExampleQuestion>> EXAMPLES = new TypeReference<>() {};

  static CollectionRow of(Row row) {
    return new CollectionRow(
        row.getLong(0),
        row.getLong(1),
        row.getInteger(2),
        row.getBoolean(3),
        new DocumentCollection(
            row.getString(4),
            row.getString(12),
            row.getString(5),
            row.getString(6),
            values(row.getString(11)),
            row.getInteger(7),
            row.getInteger(8),
            row.getLong(9),
            examples(row.getString(10))));
  }

  private static ValueKind values(String name) {
    return ValueKind.of(name)
        .orElseThrow(
            () ->
                new ProblemException(
                    Kind.INTERNAL,
                    "a collection has values of a kind that this version does not know: " + name));
  }

  private static List<ExampleQuestion> examples(String json) {
    try {
      return Json.MAPPER.readValue(json, EXAMPLES);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("collections.examples holds something else", e);
    }
  }
}
