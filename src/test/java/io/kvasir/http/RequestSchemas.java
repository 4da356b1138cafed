package io.kvasir.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every field that a request with a JSON body can have, as the contract describes it. */
final class RequestSchemas {
  /**
   * A field.
   *
   * @param operation method and path
   * @param name as messages call it
   * @param place the names and indexes that lead to it; empty for the body
   * @param schema what it can be, without references
   */
  record Field(String operation, String name, List<Object> place, JsonNode schema) {
    boolean is(String type) {
      JsonNode types = schema.path("type");
      return types.asText().equals(type) || types.path(0).asText().equals(type);
    }

    /** A body with this field. */
    JsonNode in(JsonNode body, JsonNode value) {
      JsonNode copy = place.isEmpty() ? value : body.deepCopy();
      JsonNode node = copy;
      for (int i = 0; i < place.size(); i++) {
        boolean last = i == place.size() - 1;
        JsonNode inside =
            last
                ? value
                : place.get(i + 1) instanceof Integer ? empty().arrayNode() : empty().objectNode();
        node = put(node, place.get(i), inside);
      }
      return copy;
    }

    private static JsonNode put(JsonNode node, Object step, JsonNode value) {
      if (step instanceof Integer) {
        ArrayNode array = (ArrayNode) node;
        if (array.isEmpty() || value.isValueNode()) {
          array.removeAll().add(value);
        }
        return array.get(0);
      }
      ObjectNode object = (ObjectNode) node;
      String name = (String) step;
      if (!object.path(name).isContainerNode() || value.isValueNode() || value.size() > 0) {
        object.set(name, value);
      }
      return object.get(name);
    }

    @Override
    public String toString() {
      return operation + " " + name;
    }
  }

  private final JsonNode contract;
  private final List<Field> fields = new ArrayList<>();

  private RequestSchemas(JsonNode contract) {
    this.contract = contract;
  }

  /** The fields of every request. */
  static List<Field> fields(JsonNode contract) {
    RequestSchemas schemas = new RequestSchemas(contract);
    for (Map.Entry<String, JsonNode> path : contract.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        JsonNode body = method.getValue().at("/requestBody/content/application~1json/schema");
        if (!body.isMissingNode()) {
          String operation = method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
          String name = path.getKey().substring(path.getKey().lastIndexOf('/') + 1);
          JsonNode schema = schemas.resolved(body);
          schemas.walk(operation, schema.has("items") ? name : "", List.of(), schema);
        }
      }
    }
    return schemas.fields;
  }

  /** What every request can have in its query. */
  static List<Field> queries(JsonNode contract) {
    List<Field> queries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : contract.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        for (JsonNode parameter : method.getValue().path("parameters")) {
          if (parameter.path("in").asText().equals("query")) {
            String operation = method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
            String name = parameter.get("name").asText();
            queries.add(new Field(operation, name, List.of(), parameter.get("schema")));
          }
        }
      }
    }
    return queries;
  }

  private void walk(String operation, String name, List<Object> place, JsonNode schema) {
    fields.add(new Field(operation, name, place, schema));
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String inside = (name.isEmpty() ? "" : name + ".") + property.getKey();
      walk(operation, inside, and(place, property.getKey()), resolved(property.getValue()));
    }
    if (schema.has("items")) {
      walk(operation, name + "[0]", and(place, 0), resolved(schema.get("items")));
    }
  }

  private static List<Object> and(List<Object> place, Object step) {
    List<Object> longer = new ArrayList<>(place);
    longer.add(step);
    return longer;
  }

  private JsonNode resolved(JsonNode schema) {
    JsonNode reference = schema.has("allOf") ? schema.get("allOf").get(0) : schema;
    return reference.has("$ref")
        ? contract.at(reference.get("$ref").asText().substring(1))
        : reference;
  }

  /** An element that an array of such can have. */
  JsonNode sample(JsonNode items) {
    JsonNode schema = resolved(items);
    return switch (schema.path("type").asText()) {
      case "object" -> empty().objectNode().put(schema.at("/required/0").asText(), "a");
      case "integer" -> IntNode.valueOf(0);
      default -> schema.has("enum") ? schema.get("enum").get(0) : TextNode.valueOf("a");
    };
  }

  /** An array of so many elements. */
  static ArrayNode array(JsonNode contract, Field field, int size) {
    JsonNode element = new RequestSchemas(contract).sample(field.schema().get("items"));
    ArrayNode array = empty().arrayNode();
    for (int i = 0; i < size; i++) {
      array.add(element);
    }
    return array;
  }

  private static JsonNodeFactory empty() {
    return JsonNodeFactory.instance;
  }
}
