package io.kvasir.ingest.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * The settings in front of a text, which CommonMark would take for its beginning: YAML between
 * {@code ---}, TOML between {@code +++}, or a JSON object. Reads each line once.
 *
 * @param settings as they are written, without their marks
 * @param title what they call the text; empty if they do not
 * @param length how many characters of the text they take
 */
record FrontMatter(String settings, String title, int length) {
  private static final int MAX_SPACES = 2;
  private static final JsonFactory JSON = new JsonFactory();

  /** The settings in front of a text, if it begins with some. */
  static Optional<FrontMatter> of(String text) {
    String first = line(text, 0).stripTrailing();
    return switch (first) {
      case "---" -> between(text, "---", "...", ':');
      case "+++" -> between(text, "+++", "+++", '=');
      default -> first.startsWith("{") ? json(text) : Optional.empty();
    };
  }

  private static Optional<FrontMatter> between(
      String text, String mark, String otherMark, char assigns) {
    int begin = next(text, 0);
    String title = "";
    boolean assigned = false;
    boolean commented = false;
    for (int at = begin; at < text.length(); at = next(text, at)) {
      String line = line(text, at).stripTrailing();
      if (line.equals(mark) || line.equals(otherMark)) {
        return assigned
            ? Optional.of(new FrontMatter(text.substring(begin, at), title, next(text, at)))
            : Optional.empty();
      }
      if (isProse(line, assigns) || (line.isEmpty() && commented)) {
        return Optional.empty();
      }
      // A comment before anything else, with an empty line behind it, is a heading.
      commented = !assigned && line.startsWith("#");
      int end = nameEnd(line, assigns);
      assigned |= end > 0;
      if (end > 0 && line.substring(0, end).strip().equals("title")) {
        title = unquoted(line.substring(end + 1).strip());
      }
    }
    return Optional.empty();
  }

  /** Whether a line is none of settings: it neither assigns nor goes on with a value. */
  private static boolean isProse(String line, char assigns) {
    return !line.isEmpty()
        && "# \t-[]{}'\"".indexOf(line.charAt(0)) < 0
        && nameEnd(line, assigns) < 0;
  }

  /** Where a name ends that a line begins with; -1 if it begins with none. */
  private static int nameEnd(String line, char assigns) {
    int end = line.indexOf(assigns);
    long spaces =
        end < 0 ? 0 : line.substring(0, end).strip().chars().filter(c -> c == ' ').count();
    boolean name = end > 0 && spaces <= MAX_SPACES;
    boolean apart =
        name && (end + 1 == line.length() || assigns == '=' || line.charAt(end + 1) == ' ');
    return apart && !Character.isWhitespace(line.charAt(0)) && line.charAt(0) != '#' ? end : -1;
  }

  private static Optional<FrontMatter> json(String text) {
    String title = "";
    try (JsonParser json = JSON.createParser(text)) {
      int depth = 0;
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth == 1 && token == JsonToken.VALUE_STRING && "title".equals(json.currentName())) {
          title = json.getText();
        }
        if (depth == 0) {
          int end = (int) json.currentLocation().getCharOffset();
          return line(text, end).isBlank()
              ? Optional.of(new FrontMatter(text.substring(0, end), title, next(text, end)))
              : Optional.empty();
        }
      }
    } catch (IOException e) {
      // Text that begins with a brace.
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static String unquoted(String value) {
    int last = value.length() - 1;
    boolean quoted = last > 0 && value.charAt(0) == value.charAt(last);
    return quoted && "\"'".indexOf(value.charAt(0)) >= 0 ? value.substring(1, last) : value;
  }

  private static String line(String text, int start) {
    int feed = text.indexOf('\n', start);
    return text.substring(start, feed < 0 ? text.length() : feed);
  }

  private static int next(String text, int start) {
    int feed = text.indexOf('\n', start);
    return feed < 0 ? text.length() : feed + 1;
  }
}
