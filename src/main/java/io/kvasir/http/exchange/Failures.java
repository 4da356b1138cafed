package io.kvasir.http.exchange;

import io.kvasir.core.ProblemException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers every request that failed: in OpenAI's shape under {@code /v1}, as a problem elsewhere.
 */
public final class Failures {
  private static final System.Logger LOGGER = System.getLogger(Failures.class.getName());

  /**
   * How long a client may go on sending a body that nobody wants. Closing at once would make many
   * clients miss the answer.
   */
  private static final long LINGER_MILLIS = 2_000;

  private Failures() {}

  /**
   * Makes a router answer failures of its handlers and requests that no route takes.
   *
   * @param page whether a path is a file of the page
   */
  public static void install(Router router, Predicate<String> page) {
    router.route().failureHandler(context -> surely(context, Failures::answer));
    for (int status = 400; status < 600; status++) {
      int each = status;
      router.errorHandler(
          status, context -> surely(context, failed -> unrouted(router, page, failed, each)));
    }
  }

  /** Whatever goes wrong while a failure is answered, there is an answer. */
  private static void surely(RoutingContext context, Consumer<RoutingContext> answer) {
    try {
      answer.accept(context);
    } catch (RuntimeException defect) {
      LOGGER.log(Level.ERROR, "%s could not be answered".formatted(describe(context)), defect);
      write(context, Problem.of(defect));
    }
  }

  private static void unrouted(
      Router router, Predicate<String> page, RoutingContext context, int status) {
    List<String> allowed = allowed(router, page, path(context));
    String method = context.request().method().name();
    boolean nothing = status == 404 || status == 405;
    if (nothing && context.failure() == null && !allowed.isEmpty() && !allowed.contains(method)) {
      context.response().putHeader("allow", String.join(", ", allowed));
      write(
          context,
          Problem.of(
              405,
              "%s cannot be used here; there are: %s."
                  .formatted(method, String.join(", ", allowed))));
      return;
    }
    if (status == 405) {
      write(context, ofStatus(404, context));
      return;
    }
    Throwable failure = context.failure();
    write(context, failure == null ? ofStatus(status, context) : Problem.of(failure));
  }

  /** The methods of a path. The route of the page's files takes every path, there or not. */
  private static List<String> allowed(Router router, Predicate<String> page, String path) {
    Stream<HttpMethod> reading =
        page.test(path) ? Stream.of(HttpMethod.GET, HttpMethod.HEAD) : Stream.empty();
    return Stream.concat(
            reading,
            router.getRoutes().stream()
                .filter(route -> matches(route, path))
                .flatMap(route -> route.methods().stream()))
        .map(HttpMethod::name)
        .distinct()
        .sorted()
        .toList();
  }

  /** Routes without a method are the guards before the real ones. */
  static boolean matches(Route route, String path) {
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
    if (failure instanceof KeyLimitException limited) {
      context.response().putHeader("retry-after", Integer.toString(limited.seconds()));
      write(context, Problem.limited(String.valueOf(limited.getMessage())));
      return;
    }
    boolean known = failure instanceof ProblemException || failure instanceof InvalidFieldException;
    if (failure != null && !known && status >= 400 && status < 500) {
      write(context, ofStatus(status, context));
      return;
    }
    if (failure instanceof ProblemException problem
        && problem.kind() == ProblemException.Kind.UNAVAILABLE
        && problem.getCause() != null) {
      LOGGER.log(Level.WARNING, () -> "%s: %s".formatted(describe(context), problem.getMessage()));
    }
    if (failure != null && isDefect(failure)) {
      // a body that breaks off comes with a status that is no failure
      if (context.response().closed() || status < 400) {
        LOGGER.log(
            Level.DEBUG,
            () -> "%s broke off: %s".formatted(describe(context), failure.getMessage()));
        context.request().connection().close();
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
      case 400 ->
          Problem.of(
              400,
              "The request cannot be read: it needs a Host header, and a path that begins with /.");
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
  public static void write(RoutingContext context, Problem problem) {
    if (isOpenAi(path(context))) {
      OpenAiError.write(context, problem);
      return;
    }
    HttpServerResponse response = begin(context, problem.status(), problem.passes());
    if (response != null) {
      response.putHeader("content-type", Problem.MEDIA_TYPE).end(problem.body());
    }
  }

  /** Whether a path is of the OpenAI-compatible API, whose errors have a shape of their own. */
  public static boolean isOpenAi(@Nullable String path) {
    return path != null && (path.equals("/v1") || path.startsWith("/v1/"));
  }

  /** The normalised path of a request; as it was written where it cannot be read. */
  static String path(RoutingContext context) {
    try {
      return context.normalizedPath();
    } catch (RuntimeException unreadable) {
      return String.valueOf(context.request().path());
    }
  }

  /**
   * Begins the answer to a request that failed. What is left of its body is thrown away for a
   * while.
   *
   * @return null if it was answered already; then the connection is closed, as nothing better is
   *     left to say
   */
  static @Nullable HttpServerResponse begin(RoutingContext context, int status, boolean passes) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    if (response.headWritten()) {
      if (!response.ended()) {
        request.connection().close();
      }
      return null;
    }
    if (response.closed()) {
      return null;
    }
    if (!request.isEnded()) {
      response.putHeader("connection", "close");
      request.handler(unwanted -> {}).resume();
      context.vertx().setTimer(LINGER_MILLIS, due -> Replies.drop(request.connection()));
    }
    if (passes && !response.headers().contains("retry-after")) {
      response.putHeader("retry-after", Problem.RETRY_SECONDS);
    }
    return response.setStatusCode(status);
  }
}
