package io.kvasir.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.json.Json;
import io.vertx.sqlclient.Row;

/** Records that are kept as JSON in one column. */
final class StoredJson {
  private static final ObjectReader TOLERANT =
      Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private StoredJson() {}

  /**
   * A record as it is stored.
   *
   * @param name what it is, for people
   */
  static String written(Object kept, String name) {
    try {
      return Json.MAPPER.writeValueAsString(kept);
    } catch (JsonProcessingException e) {
      throw new ProblemException(Kind.INTERNAL, "a " + name + " cannot be written as JSON", e);
    }
  }

  /**
   * The record in a row's first column. What a newer version added to it is left out.
   *
   * @param name what it is, for people
   */
  static <T> T read(Row row, Class<T> type, String name) {
    try {
      return TOLERANT.forType(type).readValue(row.getString(0));
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          Kind.INTERNAL,
          "a stored " + name + " cannot be read; another version may have written it",
          e);
    }
  }
}
