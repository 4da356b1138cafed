package io.kvasir.http.exchange;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A header such as {@code form-data; name="file"; filename="a.md"}. It is read in the first way in
 * which it makes sense.
 *
 * @param value what comes before the parameters, in lower case
 * @param parameters by their names in lower case
 * @param quoting how it was read
 */
public record HeaderParameters(String value, Map<String, String> parameters, Quoting quoting) {
  /** How clients write a quote within quotes. */
  public enum Quoting {
    /** As {@code %22}, and a backslash as it is. */
    OF_BROWSERS,
    /** Behind a backslash, as a backslash itself is: older clients. */
    BACKSLASH,
    /** As it is: who never thought of it. */
    NONE
  }

  public HeaderParameters {
    parameters = Map.copyOf(parameters);
  }

  /** Reads a header; null if no way makes sense of it, or a parameter comes twice. */
  public static @Nullable HeaderParameters of(String header) {
    for (Quoting quoting : Quoting.values()) {
      HeaderParameters read = new Reader(header, quoting).read();
      if (read != null) {
        return read;
      }
    }
    return null;
  }

  private static final class Reader {
    private final String text;
    private final Quoting quoting;
    private int at;

    private Reader(String text, Quoting quoting) {
      this.text = text;
      this.quoting = quoting;
    }

    private @Nullable HeaderParameters read() {
      String value = until(";").toLowerCase(Locale.ROOT);
      Map<String, String> parameters = new HashMap<>();
      while (at < text.length()) {
        at++;
        if (text.substring(at).isBlank()) {
          break;
        }
        String name = until("=;\"").toLowerCase(Locale.ROOT);
        if (name.isEmpty() || at == text.length() || text.charAt(at) != '=') {
          return null;
        }
        at++;
        String content = content();
        if (content == null || parameters.put(name, content) != null) {
          return null;
        }
      }
      return new HeaderParameters(value, parameters, quoting);
    }

    /** A parameter's value; afterwards the header is at its end or at a semicolon. */
    private @Nullable String content() {
      while (at < text.length() && isSpace(text.charAt(at))) {
        at++;
      }
      if (at == text.length() || text.charAt(at) != '"') {
        String token = until(";\"");
        return token.isEmpty() || !isAtEnd() ? null : token;
      }
      StringBuilder quoted = new StringBuilder();
      for (at++; at < text.length() && !endsQuotes(); at++) {
        if (quoting == Quoting.BACKSLASH && text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        quoted.append(text.charAt(at));
      }
      if (at >= text.length()) {
        return null;
      }
      at++;
      return until(";").isEmpty() && isAtEnd() ? quoted.toString() : null;
    }

    private boolean endsQuotes() {
      if (text.charAt(at) != '"') {
        return false;
      }
      String rest = text.substring(at + 1).stripLeading();
      return quoting != Quoting.NONE || rest.isEmpty() || rest.startsWith(";");
    }

    private boolean isAtEnd() {
      return at == text.length() || text.charAt(at) == ';';
    }

    private String until(String ends) {
      int begin = at;
      while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(begin, at).strip();
    }

    private static boolean isSpace(char unit) {
      return unit == ' ' || unit == '\t';
    }
  }
}
