package io.kvasir.http.exchange;

import io.kvasir.core.ProblemException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Refuses new work once the server is about to stop. What runs can still be read, followed and
 * cancelled. Every answer then closes its connection, so that proxies open the next one elsewhere.
 * On the server's event loop.
 */
public final class Draining implements Handler<RoutingContext> {
  private static final Set<HttpMethod> WORK = Set.of(HttpMethod.POST, HttpMethod.PUT);

  private boolean begun;

  /** From now on there is no new work. */
  public void begin() {
    begun = true;
  }

  /** Whether the server is on its way down and takes no new work. */
  public boolean begun() {
    return begun;
  }

  @Override
  public void handle(RoutingContext context) {
    if (begun) {
      context.response().putHeader("connection", "close");
      if (WORK.contains(context.request().method())
          && !context.normalizedPath().endsWith("/cancel")) {
        throw refusal();
      }
    }
    context.next();
  }

  /** What a client is told that comes too late. */
  public static ProblemException refusal() {
    return new ProblemException(
        ProblemException.Kind.UNAVAILABLE, "Kvasir is shutting down; ask again once it is back.");
  }
}
