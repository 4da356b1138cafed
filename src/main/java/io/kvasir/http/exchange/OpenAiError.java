package io.kvasir.http.exchange;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Errors in the shape that OpenAI's clients read: always all four fields. */
public final class OpenAiError {
  private OpenAiError() {}

  /** Answers a request with an error. */
  static void write(RoutingContext context, OpenAiException refused) {
    write(
        context,
        refused.status(),
        json(
            String.valueOf(refused.getMessage()),
            type(refused.status()),
            refused.parameter(),
            refused.code()));
  }

  /** Answers a request with a problem. */
  static void write(RoutingContext context, Problem problem) {
    write(context, isTooLong(problem) ? 400 : problem.status(), json(problem));
  }

  /** Clients shorten a chat when they are told so in these words, and in no others. */
  private static boolean isTooLong(Problem problem) {
    return problem.kind().equals(Problem.TOO_LONG);
  }

  /** A problem as the clients read it. */
  public static ObjectNode json(Problem problem) {
    if (isTooLong(problem)) {
      return json(problem.detail(), type(400), "messages", "context_length_exceeded");
    }
    String code =
        switch (problem.status()) {
          case 413 -> "request_too_large";
          case 401 -> "invalid_api_key";
          case 429 -> problem.kind().equals("rate-limited") ? "rate_limit_exceeded" : "queue_full";
          case 503 -> "unavailable";
          default -> problem.status() >= 500 ? "internal_error" : problem.kind().replace('-', '_');
        };
    return json(problem.detail(), type(problem.status()), problem.field(), code);
  }

  private static String type(int status) {
    if (status == 429) {
      return "rate_limit_error";
    }
    return status >= 500 ? "server_error" : "invalid_request_error";
  }

  private static ObjectNode json(
      String message, String type, @Nullable String parameter, @Nullable String code) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error")
        .put("message", message)
        .put("type", type)
        .put("param", parameter)
        .put("code", code);
    return body;
  }

  private static void write(RoutingContext context, int status, ObjectNode body) {
    HttpServerResponse response = Failures.begin(context, status, status == 429 || status == 503);
    if (response != null) {
      response.putHeader("content-type", "application/json").end(body.toString());
    }
  }
}
