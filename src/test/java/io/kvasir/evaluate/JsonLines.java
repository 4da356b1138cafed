package io.kvasir.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Test data with a JSON object on each line. */
final class JsonLines {
  private JsonLines() {}

  static List<JsonNode> of(String resource) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> rows = new ArrayList<>();
    try (InputStream in =
        Objects.requireNonNull(JsonLines.class.getResourceAsStream(resource), resource)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        rows.add(mapper.readTree(line));
      }
    }
    return rows;
  }
}
