package io.kvasir.http.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object in a request, read strictly: a wrong type, a value out of range and,
 * in Kvasir's own API, an unknown field are errors that name the field. A JSON null is the same as
 * an absent field.
 */
public final class Fields {
  private static final JsonNode NOTHING = com.fasterxml.jackson.databind.node.NullNode.instance;

  private final JsonNode object;
  private final String prefix;

  private Fields(JsonNode object, String prefix) {
    this.object = object;
    this.prefix = prefix;
  }

  /** The fields of a body, of which all must be known. */
  public static Fields strict(JsonNode body, String... known) {
    return nested(body, "", known);
  }

  /** The fields of a body, of which unknown ones are ignored. */
  public static Fields lenient(JsonNode body) {
    return new Fields(requireObject(body, ""), "");
  }

  /** The fields of a nested object; where it stands is in every message. */
  public static Fields lenient(JsonNode nested, String where) {
    return new Fields(requireObject(nested, where), where + ".");
  }

  /** The fields of a nested object, of which all must be known. */
  public static Fields nested(JsonNode nested, String where, String... known) {
    requireObject(nested, where);
    String prefix = where.isEmpty() ? "" : where + ".";
    List<String> names = List.of(known);
    nested
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                throw new InvalidFieldException(
                    prefix + name,
                    "There is no field '%s'%s"
                        .formatted(
                            prefix + name,
                            NearestName.of(name, names)
                                .map(near -> "; did you mean '%s'?".formatted(prefix + near))
                                .orElse("; there are: " + String.join(", ", names))));
              }
            });
    return new Fields(nested, prefix);
  }

  /** The value as it is; null if absent. */
  public @Nullable JsonNode value(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** A text of at most so many characters; null if absent. */
  public @Nullable String text(String name, int longest) {
    JsonNode value = value(name);
    return value == null ? null : text(value, prefix + name, longest);
  }

  /** A text that must be there and hold more than white space. */
  public String requiredText(String name, int longest) {
    String text = text(name, longest);
    if (text == null || text.isBlank()) {
      throw new InvalidFieldException(
          prefix + name,
          "The field '%s' is %s; it must be a text."
              .formatted(prefix + name, text == null ? "missing" : "empty"));
    }
    return text;
  }

  /** A whole number within a range; null if absent. */
  public @Nullable Integer integer(String name, int least, int most) {
    Long number = whole(name, least, most);
    return number == null ? null : number.intValue();
  }

  /** A whole number within a range; null if absent. */
  public @Nullable Long whole(String name, long least, long most) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber()) {
      throw wrongType(prefix + name, "a whole number", value);
    }
    if (!value.canConvertToLong() || value.longValue() < least || value.longValue() > most) {
      throw new InvalidFieldException(
          prefix + name,
          "The field '%s' is %s; it can be %d to %d."
              .formatted(prefix + name, shortened(value.asText()), least, most));
    }
    return value.longValue();
  }

  /** A number within a range; null if absent. */
  public @Nullable Double number(String name, double least, double most) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      throw wrongType(prefix + name, "a number", value);
    }
    double number = value.doubleValue();
    if (!(number >= least && number <= most)) {
      throw new InvalidFieldException(
          prefix + name,
          "The field '%s' is %s; it can be %s to %s."
              .formatted(prefix + name, shortened(value.asText()), decimal(least), decimal(most)));
    }
    return number;
  }

  /** True or false; false if absent. */
  public boolean flag(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return false;
    }
    if (!value.isBoolean()) {
      throw wrongType(prefix + name, "true or false", value);
    }
    return value.booleanValue();
  }

  /** The elements of an array of at most so many; empty if absent. */
  public List<JsonNode> elements(String name, int most) {
    JsonNode value = value(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrongType(prefix + name, "an array", value);
    }
    if (value.size() > most) {
      throw new InvalidFieldException(
          prefix + name,
          "The field '%s' has %d elements; it can have %d."
              .formatted(prefix + name, value.size(), most));
    }
    List<JsonNode> elements = new ArrayList<>();
    value.forEach(elements::add);
    return elements;
  }

  /** An array of at most so many texts; empty if absent. */
  public List<String> texts(String name, int most, int longest) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : elements(name, most)) {
      texts.add(text(element, "%s%s[%d]".formatted(prefix, name, texts.size()), longest));
    }
    return texts;
  }

  /** The full name of a field, as messages call it. */
  public String nameOf(String name) {
    return prefix + name;
  }

  /** A value that must be a text. */
  public static String text(JsonNode value, String where, int longest) {
    if (!value.isTextual()) {
      throw wrongType(where, "a text", value);
    }
    String text = value.textValue();
    if (text.length() > longest) {
      throw new InvalidFieldException(
          where,
          "The field '%s' has %d characters; it can have %d."
              .formatted(where, text.length(), longest));
    }
    Characters.require(text, where, "The field '%s'".formatted(where));
    return text;
  }

  /** The failure of a value of the wrong type. */
  public static InvalidFieldException wrongType(String where, String wanted, JsonNode value) {
    return new InvalidFieldException(
        where,
        "The field '%s' must be %s; it is %s."
            .formatted(
                where,
                wanted,
                switch (value.getNodeType()) {
                  case ARRAY -> "an array";
                  case OBJECT -> "an object";
                  case BOOLEAN -> "true or false";
                  case NUMBER -> "the number " + shortened(value.asText());
                  case STRING -> "a text";
                  default -> value.getNodeType().toString().toLowerCase(Locale.ROOT);
                }));
  }

  private static JsonNode requireObject(JsonNode node, String where) {
    if (node.isObject()) {
      return node;
    }
    if (where.isEmpty()) {
      throw new InvalidFieldException("", "The body must be a JSON object.");
    }
    throw wrongType(where, "an object", node.isMissingNode() ? NOTHING : node);
  }

  private static String decimal(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static String shortened(String value) {
    return value.length() <= 40 ? value : value.substring(0, 40) + "…";
  }
}
