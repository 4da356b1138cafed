package io.kvasir.http.exchange;

import io.kvasir.core.NearestName;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query parameters of a request, read strictly: unknown and repeated ones are errors. */
public final class Query {
  /** Beyond these the database has no time; within them every calendar has. */
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private final MultiMap parameters;

  private Query(MultiMap parameters) {
    this.parameters = parameters;
  }

  /** The parameters of a request, of which all must be known and come once. */
  public static Query of(RoutingContext context, String... known) {
    MultiMap parameters = context.queryParams();
    List<String> names = List.of(known);
    for (String name : parameters.names()) {
      if (!names.contains(name)) {
        throw new InvalidFieldException(
            name,
            "There is no query parameter '%s'%s"
                .formatted(
                    name,
                    names.isEmpty()
                        ? " here"
                        : NearestName.of(name, names)
                            .map("; did you mean '%s'?"::formatted)
                            .orElse("; there are: " + String.join(", ", names))));
      }
      if (parameters.getAll(name).size() > 1) {
        throw new InvalidFieldException(
            name, "The query parameter '%s' is repeated.".formatted(name));
      }
    }
    return new Query(parameters);
  }

  /** A text of at most so many characters; null if absent or blank. */
  public @Nullable String text(String name, int longest) {
    String value = parameters.get(name);
    if (value == null || value.isBlank()) {
      return null;
    }
    if (value.length() > longest) {
      throw new InvalidFieldException(
          name, "The query parameter '%s' can have %d characters.".formatted(name, longest));
    }
    return value;
  }

  /** A whole number within a range. */
  public int integer(String name, int least, int most, int otherwise) {
    String value = parameters.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value.matches("-?\\d{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new InvalidFieldException(
        name,
        "The query parameter '%s' must be a whole number from %d to %d."
            .formatted(name, least, most));
  }

  /** A point in time as ISO 8601, of the years 1 to 9999; null if absent. */
  public @Nullable Instant instant(String name) {
    String value = parameters.get(name);
    if (value == null) {
      return null;
    }
    try {
      Instant instant = Instant.parse(value);
      if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
        throw notATime(name);
      }
      return instant;
    } catch (DateTimeException malformed) {
      InvalidFieldException failure = notATime(name);
      failure.initCause(malformed);
      throw failure;
    }
  }

  private static InvalidFieldException notATime(String name) {
    return new InvalidFieldException(
        name,
        "The query parameter '%s' must be a time like 2026-01-31T12:00:00Z, of the years 1 to 9999."
            .formatted(name));
  }
}
