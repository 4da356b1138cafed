package io.kvasir.generate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values written as JSON the way Python does it, which models were trained to read. */
final class JsonText {
  private final StringBuilder out = new StringBuilder();
  private final int indent;

  private JsonText(int indent) {
    this.indent = indent;
  }

  /**
   * A value as JSON.
   *
   * @param indent blanks for each level; in one line if it is no number
   */
  static String of(@Nullable Object value, @Nullable Object indent) {
    int blanks = indent instanceof Number number ? Math.max(0, number.intValue()) : -1;
    Rendering.current().room(blanks);
    JsonText text = new JsonText(blanks);
    text.write(value, 0);
    return text.out.toString();
  }

  private void write(@Nullable Object value, int depth) {
    Rendering.current().room(out.length());
    if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof Map<?, ?> map) {
      writeAll(map, depth);
    } else if (value instanceof List<?> list) {
      writeAll(list, depth);
    } else {
      quote(value.toString());
    }
  }

  private void writeAll(Map<?, ?> map, int depth) {
    out.append('{');
    String between = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      next(between, depth + 1);
      quote(String.valueOf(entry.getKey()));
      out.append(": ");
      write(entry.getValue(), depth + 1);
      between = ",";
    }
    end('}', between, depth);
  }

  private void writeAll(List<?> list, int depth) {
    out.append('[');
    String between = "";
    for (Object item : list) {
      next(between, depth + 1);
      write(item, depth + 1);
      between = ",";
    }
    end(']', between, depth);
  }

  private void next(String between, int depth) {
    out.append(between);
    if (indent >= 0) {
      line(depth);
    } else if (!between.isEmpty()) {
      out.append(' ');
    }
  }

  private void end(char close, String between, int depth) {
    if (indent >= 0 && !between.isEmpty()) {
      line(depth);
    }
    out.append(close);
  }

  private void line(int depth) {
    Rendering.current().room(out.length() + (long) indent * depth);
    out.append('\n').append(" ".repeat(indent * depth));
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      switch (each) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (each < ' ') {
            out.append("\\u%04x".formatted((int) each));
          } else {
            out.append(each);
          }
        }
      }
    }
    out.append('"');
  }
}
