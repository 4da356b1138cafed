package io.kvasir.http;

import io.kvasir.core.ProblemException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers every request that failed: in OpenAI's shape under {@code /v1}, as a problem elsewhere.
 */
final class Failures {
  private static final System.Logger LOGGER = System.getLogger(Failures.class.getName());

  /** How much of an unread body is read and thrown away to keep the connection. */
  private static final long DISCARDED_BYTES = 1 << 20;

  private Failures() {}

  /** Makes a router answer failures of its handlers and requests that no route takes. */
  static void install(Router router) {
    router.route().failureHandler(Failures::answer);
    for (int status : new int[] {400, 404, 405, 406, 415, 500}) {
      router.errorHandler(status, context -> unrouted(router, context, status));
    }
  }

  private static void unrouted(Router router, RoutingContext context, int status) {
    if (status == 405) {
      List<String> allowed =
          router.getRoutes().stream()
              .filter(route -> matches(route, context.normalizedPath()))
              .flatMap(route -> route.methods().stream())
              .map(HttpMethod::name)
              .distinct()
              .sorted()
              .toList();
      context.response().putHeader("allow", String.join(", ", allowed));
      write(
          context,
          Problem.of(
              405,
              "%s cannot be used here; there are: %s."
                  .formatted(context.request().method(), String.join(", ", allowed))));
      return;
    }
    Throwable failure = context.failure();
    write(context, failure == null ? ofStatus(status, context) : Problem.of(failure));
  }

  /** Routes without a method are the guards before the real ones. */
  private static boolean matches(Route route, String path) {
    String pattern = route.getPath();
    if (pattern == null || route.methods() == null || route.methods().isEmpty()) {
      return false;
    }
    String[] wanted = pattern.split("/", -1);
    String[] given = path.split("/", -1);
    if (wanted.length != given.length) {
      return false;
    }
    for (int index = 0; index < wanted.length; index++) {
      if (!wanted[index].startsWith(":") && !wanted[index].equals(given[index])) {
        return false;
      }
    }
    return true;
  }

  private static void answer(RoutingContext context) {
    Throwable failure = context.failure();
    int status = context.statusCode();
    if (failure instanceof OpenAiException refused) {
      OpenAiError.write(context, refused);
      return;
    }
    boolean known = failure instanceof ProblemException || failure instanceof InvalidFieldException;
    if (failure != null && !known && status >= 400 && status < 500) {
      write(context, Problem.of(status, "The request cannot be read: " + failure.getMessage()));
      return;
    }
    if (failure != null && isDefect(failure)) {
      if (context.response().closed()) {
        LOGGER.log(
            Level.DEBUG, () -> "%s left: %s".formatted(describe(context), failure.getMessage()));
        return;
      }
      LOGGER.log(Level.ERROR, "%s failed".formatted(describe(context)), failure);
    }
    write(context, failure == null ? ofStatus(status, context) : Problem.of(failure));
  }

  private static boolean isDefect(Throwable failure) {
    return !(failure instanceof InvalidFieldException)
        && !(failure instanceof ProblemException problem
            && problem.kind() != ProblemException.Kind.INTERNAL);
  }

  private static Problem ofStatus(int status, RoutingContext context) {
    return switch (status) {
      case 404 -> Problem.of(404, "There is nothing at %s.".formatted(context.request().path()));
      case 408 -> Problem.of(408, "The body did not arrive in time.");
      case 413 ->
          Problem.of(413, "The body is larger than the setting http.max-body-bytes allows.");
      case 417 -> Problem.of(417, "Of the header expect, only 100-continue is understood.");
      default ->
          status < 500
              ? Problem.of(status, "The request cannot be understood.")
              : Problem.of(new IllegalStateException("status " + status));
    };
  }

  private static String describe(RoutingContext context) {
    return context.request().method() + " " + context.request().path();
  }

  /** Answers with a problem, in the shape the path asks for. */
  static void write(RoutingContext context, Problem problem) {
    String path = context.normalizedPath();
    if (path.equals("/v1") || path.startsWith("/v1/")) {
      OpenAiError.write(context, problem);
      return;
    }
    HttpServerResponse response = begin(context, problem.status(), problem.passes());
    if (response != null) {
      response.putHeader("content-type", Problem.MEDIA_TYPE).end(problem.body());
    }
  }

  /**
   * Begins the answer to a request that failed. What is left of its body is not read if it is
   * large.
   *
   * @return null if it was answered already; then the connection is closed, as nothing better is
   *     left to say
   */
  static @Nullable HttpServerResponse begin(RoutingContext context, int status, boolean passes) {
    HttpServerResponse response = context.response();
    if (response.headWritten()) {
      if (!response.ended()) {
        context.request().connection().close();
      }
      return null;
    }
    if (response.closed()) {
      return null;
    }
    if (!context.request().isEnded() && !isSmall(context.request().getHeader("content-length"))) {
      response.putHeader("connection", "close");
    }
    if (passes) {
      response.putHeader("retry-after", Problem.RETRY_SECONDS);
    }
    return response.setStatusCode(status);
  }

  private static boolean isSmall(@Nullable String contentLength) {
    return contentLength != null
        && contentLength.matches("\\d{1,9}")
        && Long.parseLong(contentLength) <= DISCARDED_BYTES;
  }
}
