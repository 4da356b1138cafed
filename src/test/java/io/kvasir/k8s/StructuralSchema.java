package io.kvasir.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A structural schema, as custom resource definitions have it. Stricter than the API server, which
 * drops fields that it does not know: here they are violations.
 */
final class StructuralSchema {
  private final JsonNode root;

  StructuralSchema(JsonNode root) {
    this.root = root;
  }

  /** What is wrong with a resource, each with the path of the field. */
  List<String> violations(JsonNode resource) {
    List<String> violations = new ArrayList<>();
    check(root, resource, "", violations);
    return violations;
  }

  private void check(JsonNode schema, JsonNode value, String path, List<String> violations) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      report(value.isInt() || value.isTextual(), path, "is neither number nor text", violations);
      checkPattern(schema, value, path, violations);
      return;
    }
    switch (schema.path("type").asText()) {
      case "object" -> {
        if (report(value.isObject(), path, "is no object", violations)) {
          checkObject(schema, value, path, violations);
        }
      }
      case "array" -> {
        if (report(value.isArray(), path, "is no list", violations)) {
          int least = schema.path("minItems").asInt();
          report(value.size() >= least, path, "has too few items", violations);
          for (int i = 0; i < value.size(); i++) {
            check(schema.path("items"), value.get(i), path + "/" + i, violations);
          }
        }
      }
      case "string" -> {
        if (report(value.isTextual(), path, "is no text", violations)) {
          checkPattern(schema, value, path, violations);
        }
      }
      case "boolean" -> report(value.isBoolean(), path, "is neither true nor false", violations);
      case "integer" -> checkNumber(schema, value, value.isIntegralNumber(), path, violations);
      case "number" -> checkNumber(schema, value, value.isNumber(), path, violations);
      default ->
          report(
              schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(),
              path,
              "has a schema without a type",
              violations);
    }
    JsonNode allowed = schema.path("enum");
    if (allowed.isArray()) {
      boolean known = false;
      for (JsonNode one : allowed) {
        known |= one.equals(value);
      }
      report(known, path, "is " + value + ", not one of " + allowed, violations);
    }
  }

  private void checkObject(JsonNode schema, JsonNode value, String path, List<String> violations) {
    for (JsonNode required : schema.path("required")) {
      report(value.has(required.asText()), path, "lacks " + required.asText(), violations);
    }
    JsonNode properties = schema.path("properties");
    JsonNode others = schema.path("additionalProperties");
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String name = field.getKey();
      String inner = path + "/" + name;
      if (path.isEmpty() && name.equals("metadata")) {
        continue; // checked by the API server itself, for every kind alike
      }
      if (properties.has(name)) {
        check(properties.get(name), field.getValue(), inner, violations);
      } else if (others.isObject()) {
        check(others, field.getValue(), inner, violations);
      } else {
        report(
            schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(),
            inner,
            "is unknown",
            violations);
      }
    }
  }

  private static void checkNumber(
      JsonNode schema, JsonNode value, boolean fits, String path, List<String> violations) {
    if (report(fits, path, "is no " + schema.path("type").asText(), violations)) {
      double least = schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY);
      double most = schema.path("maximum").asDouble(Double.POSITIVE_INFINITY);
      report(
          value.asDouble() >= least && value.asDouble() <= most,
          path,
          "is out of range",
          violations);
    }
  }

  private static void checkPattern(
      JsonNode schema, JsonNode value, String path, List<String> violations) {
    String pattern = schema.path("pattern").asText();
    report(
        !value.isTextual() || Pattern.compile(pattern).matcher(value.asText()).find(),
        path,
        "does not match " + pattern,
        violations);
    int length = value.asText().length();
    report(
        length >= schema.path("minLength").asInt()
            && length <= schema.path("maxLength").asInt(Integer.MAX_VALUE),
        path,
        "is too short or too long",
        violations);
  }

  private static boolean report(boolean fits, String path, String what, List<String> violations) {
    if (!fits) {
      violations.add(path + " " + what);
    }
    return fits;
  }
}
