package io.kvasir.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.json.Json;
import io.vertx.sqlclient.Row;

/** Records that are kept as JSON in one column. */
final class StoredJson {
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
   * The record in a row's first column.
   *
   * @param name what it is, for people
   */
  static <T> T read(Row row, Class<T> type, String name) {
    try {
      return Json.MAPPER.readValue(row.getString(0), type);
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          Kind.INTERNAL,
          "a stored " + name + " cannot be read; another version may have written it",
          e);
    }
  }
}
