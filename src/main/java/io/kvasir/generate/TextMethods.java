package io.kvasir.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The methods of texts, lists and maps that chat templates call, as Python has them. */
final class TextMethods {
  private TextMethods() {}

  /** Calls one; the rendering ends if there is no such method. */
  static @Nullable Object call(Object base, String method, List<@Nullable Object> arguments) {
    Object first = arguments.isEmpty() ? null : arguments.get(0);
    Object second = arguments.size() < 2 ? null : arguments.get(1);
    if (base instanceof String text) {
      return switch (method) {
        case "strip" -> stripped(text, first, true, true);
        case "lstrip" -> stripped(text, first, true, false);
        case "rstrip" -> stripped(text, first, false, true);
        case "split" -> split(text, first, second);
        case "startswith" -> text.startsWith(String.valueOf(first));
        case "endswith" -> text.endsWith(String.valueOf(first));
        case "upper" -> text.toUpperCase(Locale.ROOT);
        case "lower" -> text.toLowerCase(Locale.ROOT);
        case "title" -> titled(text);
        case "capitalize" -> capitalized(text);
        case "replace" ->
            replaced(
                text,
                String.valueOf(first),
                String.valueOf(second),
                arguments.size() < 3 ? null : arguments.get(2));
        case "join" -> joined(first instanceof Iterable<?> items ? items : List.of(), text);
        case "find" -> text.indexOf(String.valueOf(first));
        default -> throw unknown(method, "text");
      };
    } else if (base instanceof Map<?, ?> map) {
      return switch (method) {
        case "get" -> {
          Object value = map.get(String.valueOf(first));
          yield value == null ? second : value;
        }
        case "items" -> items(map);
        case "keys" -> new ArrayList<Object>(map.keySet());
        case "values" -> new ArrayList<Object>(map.values());
        default -> throw unknown(method, "map");
      };
    }
    throw unknown(method, "list");
  }

  /** Without blanks, or the given characters, at its ends. */
  static String stripped(String text, @Nullable Object given, boolean left, boolean right) {
    IntPredicate strip =
        given == null
            ? each -> Character.isWhitespace(each) || Character.isSpaceChar(each)
            : each -> given.toString().indexOf(each) >= 0;
    int begin = 0;
    int end = text.length();
    while (left && begin < end && strip.test(text.charAt(begin))) {
      begin++;
    }
    while (right && end > begin && strip.test(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(begin, end);
  }

  private static List<String> split(
      String text, @Nullable Object separator, @Nullable Object most) {
    if (separator == null) {
      String words = stripped(text, null, true, true);
      return words.isEmpty() ? List.of() : List.of(words.split("\\s+"));
    }
    int rest = most instanceof Number number ? number.intValue() : -1;
    List<String> parts = new ArrayList<>();
    String mark = separator.toString();
    int begin = 0;
    int at = mark.isEmpty() ? -1 : text.indexOf(mark);
    for (; at >= 0 && rest != 0; rest--) {
      parts.add(text.substring(begin, at));
      begin = at + mark.length();
      at = text.indexOf(mark, begin);
    }
    parts.add(text.substring(begin));
    return parts;
  }

  /** Every word with a capital letter. */
  static String titled(String text) {
    StringBuilder out = new StringBuilder(text.toLowerCase(Locale.ROOT));
    for (int i = 0; i < out.length(); i++) {
      if (i == 0 || !Character.isLetter(out.charAt(i - 1))) {
        out.setCharAt(i, Character.toTitleCase(out.charAt(i)));
      }
    }
    return out.toString();
  }

  /** The first letter a capital, the others not. */
  static String capitalized(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT)
            + text.substring(1).toLowerCase(Locale.ROOT);
  }

  /** With what is sought replaced, as often as given, if that stays within the limit. */
  static String replaced(String text, String sought, String by, @Nullable Object most) {
    int rest = most instanceof Number number ? number.intValue() : Integer.MAX_VALUE;
    StringBuilder out = new StringBuilder();
    int copied = 0;
    int at = text.indexOf(sought);
    for (; at >= 0 && rest > 0; rest--) {
      out.append(text, copied, at).append(by);
      copied = at + sought.length();
      Rendering.current().room(out.length());
      int next = Math.max(copied, at + 1);
      at = next > text.length() ? -1 : text.indexOf(sought, next);
    }
    return out.append(text, copied, text.length()).toString();
  }

  /** The items with a separator between them, if that stays within the rendering's limit. */
  static String joined(Iterable<?> items, String separator) {
    StringBuilder out = new StringBuilder();
    boolean first = true;
    for (Object item : items) {
      out.append(first ? "" : separator).append(TemplateFilters.written(item));
      Rendering.current().room(out.length());
      first = false;
    }
    return out.toString();
  }

  /** The pairs of a map. */
  static List<List<@Nullable Object>> items(Map<?, ?> map) {
    List<List<@Nullable Object>> pairs = new ArrayList<>();
    map.forEach(
        (key, value) -> {
          List<@Nullable Object> pair = new ArrayList<>();
          pair.add(key);
          pair.add(value);
          pairs.add(pair);
        });
    return pairs;
  }

  private static IllegalStateException unknown(String method, String of) {
    String what = "the method %s of a %s".formatted(method, of);
    Rendering.current().refuse(Rendering.forbidden(what));
    return new IllegalStateException(what);
  }
}
