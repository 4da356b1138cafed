package io.kvasir.evaluate.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the values of a JSON record mean, whichever of several ways they are written in. */
final class JsonValues {
  static final ObjectMapper MAPPER = new ObjectMapper();

  /** Of a line of its own, behind which nothing may follow. */
  private static final ObjectReader LINE =
      MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonValues() {}

  /** An object on a line of its own; null, and a bad record, if it is none. */
  static @Nullable JsonNode object(String line, Place place, DatasetDraft draft) {
    try {
      JsonNode node = LINE.readTree(line);
      if (node.isObject()) {
        return node;
      }
      draft.bad(place, "the line is no JSON object");
    } catch (JsonProcessingException e) {
      draft.bad(place, "the line is no JSON: " + e.getOriginalMessage());
    }
    return null;
  }

  /** The text of the first field that is there; empty if none is. */
  static String text(JsonNode record, String... names) {
    for (String name : names) {
      JsonNode value = record.path(name);
      if (value.isTextual() || value.isNumber()) {
        return value.asText();
      }
    }
    return "";
  }

  /** One text or several: a string, a number, an array of them, or of objects with a text. */
  static List<String> texts(JsonNode value) {
    List<String> texts = new ArrayList<>();
    for (JsonNode each : value.isArray() ? value : List.of(value)) {
      JsonNode inside = each.isObject() ? each.path("text") : each;
      if (inside.isTextual() || inside.isNumber()) {
        texts.add(inside.asText());
      }
    }
    return texts;
  }

  /** A value that says yes or no; null if it says neither. */
  static @Nullable Boolean truth(String value) {
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1" -> true;
      case "false", "no", "0" -> false;
      default -> null;
    };
  }
}
