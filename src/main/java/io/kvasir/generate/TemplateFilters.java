package io.kvasir.generate;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.AdvancedFilter;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.util.ObjectTruthValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The filters of chat templates that Jinjava has no limit for, or has otherwise than Python's
 * jinja2, for which models' templates are written.
 */
final class TemplateFilters {
  private TemplateFilters() {}

  /** All of them. */
  static List<Filter> all() {
    return List.of(
        new OfValue("trim", (value, given) -> trimmed(value, given)),
        new OfValue("upper", (value, given) -> text(value).toUpperCase(Locale.ROOT)),
        new OfValue("lower", (value, given) -> text(value).toLowerCase(Locale.ROOT)),
        new OfValue("title", (value, given) -> TextMethods.titled(text(value))),
        new OfValue("capitalize", (value, given) -> TextMethods.capitalized(text(value))),
        new OfValue("string", (value, given) -> text(value)),
        new OfValue("safe", (value, given) -> value),
        new OfValue("escape", (value, given) -> escaped(text(value))),
        new OfValue("e", (value, given) -> escaped(text(value))),
        new OfValue("replace", TemplateFilters::replaced),
        new OfValue("indent", TemplateFilters::indented),
        new OfValue("join", TemplateFilters::joined),
        new OfValue("tojson", (value, given) -> JsonText.of(value, given.get(-1, "indent"))),
        new OfValue("default", TemplateFilters::otherwise),
        new OfValue("d", TemplateFilters::otherwise),
        new OfValue("list", (value, given) -> list(value)),
        new OfValue("first", (value, given) -> end(list(value), 0)),
        new OfValue("last", (value, given) -> end(list(value), list(value).size() - 1)),
        new OfValue("reverse", (value, given) -> reversed(value)),
        new OfValue(
            "items",
            (value, given) -> value instanceof Map<?, ?> map ? TextMethods.items(map) : List.of()));
  }

  /** A value as a template prints it; nothing for what is not there. */
  static String written(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String text(@Nullable Object value) {
    return written(value);
  }

  private static String trimmed(@Nullable Object value, Given given) {
    return TextMethods.stripped(text(value), given.get(0, "chars"), true, true);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
  }

  private static String replaced(@Nullable Object value, Given given) {
    return TextMethods.replaced(
        text(value), text(given.get(0, "old")), text(given.get(1, "new")), given.get(2, "count"));
  }

  private static String indented(@Nullable Object value, Given given) {
    Object width = given.get(0, "width");
    int blanks = width instanceof Number number ? Math.max(0, number.intValue()) : 4;
    Rendering.current().room(blanks);
    String margin = width instanceof String own ? own : " ".repeat(blanks);
    boolean first = ObjectTruthValue.evaluate(given.get(1, "first"));
    List<String> lines = new ArrayList<>();
    long length = 0;
    for (String line : text(value).split("\n", -1)) {
      String indented = (lines.isEmpty() ? !first : line.isEmpty()) ? line : margin + line;
      length += indented.length() + 1;
      Rendering.current().room(length);
      lines.add(indented);
    }
    return String.join("\n", lines);
  }

  private static String joined(@Nullable Object value, Given given) {
    List<@Nullable Object> items = new ArrayList<>(list(value));
    Object attribute = given.get(1, "attribute");
    if (attribute != null) {
      items.replaceAll(item -> item instanceof Map<?, ?> map ? map.get(attribute) : null);
    }
    return TextMethods.joined(items, text(given.get(0, "d")));
  }

  private static @Nullable Object otherwise(@Nullable Object value, Given given) {
    boolean empty =
        ObjectTruthValue.evaluate(given.get(1, "boolean")) && !ObjectTruthValue.evaluate(value);
    return value == null || empty ? given.get(0, "default_value") : value;
  }

  private static List<? extends @Nullable Object> list(@Nullable Object value) {
    if (value instanceof Iterable<?> items) {
      List<@Nullable Object> list = new ArrayList<>();
      items.forEach(list::add);
      return list;
    } else if (value instanceof Map<?, ?> map) {
      return new ArrayList<>(map.keySet());
    } else if (value instanceof String text) {
      return text.codePoints().mapToObj(Character::toString).toList();
    }
    return List.of();
  }

  private static @Nullable Object end(List<? extends @Nullable Object> items, int place) {
    return items.isEmpty() ? null : items.get(place);
  }

  private static Object reversed(@Nullable Object value) {
    if (value instanceof String text) {
      return new StringBuilder(text).reverse().toString();
    }
    List<@Nullable Object> items = new ArrayList<>(list(value));
    Collections.reverse(items);
    return items;
  }

  /** What a filter was given besides its value. */
  private record Given(@Nullable Object[] places, Map<String, Object> names) {
    @Nullable Object get(int place, String name) {
      return place >= 0 && place < places.length ? places[place] : names.get(name);
    }
  }

  private interface Body {
    @Nullable Object of(@Nullable Object value, Given given);
  }

  private record OfValue(String name, Body body) implements AdvancedFilter {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public @Nullable Object filter(
        @Nullable Object value,
        JinjavaInterpreter interpreter,
        @Nullable Object[] arguments,
        Map<String, Object> named) {
      return body.of(value, new Given(arguments, named));
    }
  }
}
