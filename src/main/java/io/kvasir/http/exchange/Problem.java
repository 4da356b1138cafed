package io.kvasir.http.exchange;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.core.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a request, as RFC 9457 has it.
 *
 * @param status the HTTP status
 * @param kind the last part of the type, in lower case with hyphens
 * @param title the same for every problem of the type
 * @param detail this one in words, and what to do
 * @param field the field or parameter that is wrong; null if it is none in particular
 */
public record Problem(
    int status, String kind, String title, String detail, @Nullable String field) {
  public static final String MEDIA_TYPE = "application/problem+json";

  /** The kind of problem that shorter words solve. */
  static final String TOO_LONG = "too-long";

  /** Seconds after which a client may try again what failed for lack of room. */
  static final String RETRY_SECONDS = "5";

  /** The problem that a failure is to its client; what is not meant for people stays inside. */
  public static Problem of(Throwable failure) {
    if (failure instanceof ProblemException problem) {
      String detail = problem.told();
      return switch (problem.kind()) {
        case INVALID -> invalid(detail, null);
        case NOT_FOUND -> of(404, detail);
        case CONFLICT -> of(409, detail);
        case TOO_LARGE -> of(413, detail);
        case TOO_LONG -> new Problem(413, TOO_LONG, "Too long", detail, null);
        case BUSY -> of(429, detail);
        case UNAVAILABLE -> of(503, detail);
        case INTERNAL -> of(500, detail);
      };
    }
    if (failure instanceof InvalidFieldException invalid) {
      String field = invalid.field();
      return invalid(String.valueOf(invalid.getMessage()), field.isEmpty() ? null : field);
    }
    return of(500, "Kvasir has a defect here. The server's log has the details.");
  }

  /** The problem of a status. */
  public static Problem of(int status, String detail) {
    String title =
        switch (status) {
          case 400 -> "Invalid request";
          case 401 -> "Unauthorized";
          case 403 -> "Forbidden";
          case 404 -> "Not found";
          case 405 -> "Method not allowed";
          case 406 -> "Not acceptable";
          case 408 -> "Request timeout";
          case 409 -> "Conflict";
          case 413 -> "Too large";
          case 414 -> "Target too long";
          case 415 -> "Unsupported media type";
          case 417 -> "Expectation failed";
          case 429 -> "Busy";
          case 431 -> "Header fields too large";
          case 503 -> "Unavailable";
          default -> status < 500 ? "Invalid request" : "Internal error";
        };
    return new Problem(
        status, title.toLowerCase(Locale.ROOT).replace(' ', '-'), title, detail, null);
  }

  /** The problem of a client that asked for more than its key allows. */
  static Problem limited(String detail) {
    return new Problem(429, "rate-limited", "Too many requests", detail, null);
  }

  private static Problem invalid(String detail, @Nullable String field) {
    return new Problem(400, "invalid-request", "Invalid request", detail, field);
  }

  /** Whether the same request may succeed later. */
  boolean passes() {
    return status == 429 || status == 503;
  }

  /** As RFC 9457 has it. */
  public ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "urn:kvasir:problem:" + kind)
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
    return field == null ? json : json.put("field", field);
  }

  /** As RFC 9457 has it, in UTF-8. */
  public Buffer body() {
    return Buffer.buffer(json().toString());
  }
}
