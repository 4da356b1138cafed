package io.kvasir.http.exchange;

import io.kvasir.observe.RequestListener;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Tells the listener of every request, by the route that took it and never by its path, and how far
 * the event loop is behind. On the server's event loop.
 */
public final class RequestWatch implements Handler<RoutingContext> {
  private static final String KEY = RequestWatch.class.getName();

  /** Well below the 50 ms that are too long, so that no such stall goes unseen. */
  private static final long BEAT_MILLIS = 20;

  private final RequestListener listener;
  private final Router router;

  /** Tells a listener of the router's requests. */
  public RequestWatch(RequestListener listener, Router router) {
    this.listener = listener;
    this.router = router;
  }

  /** Looks again and again whether the loop is on time, and what it did. */
  public void watchLoop(Vertx vertx) {
    watchLoop(vertx, Long.MAX_VALUE);
  }

  private void watchLoop(Vertx vertx, long workedBefore) {
    long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BEAT_MILLIS);
    vertx.setTimer(
        BEAT_MILLIS,
        fired -> {
          long worked = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
          listener.loopBeat(
              Math.max(0, System.nanoTime() - due), Math.max(0, worked - workedBefore));
          watchLoop(vertx, worked);
        });
  }

  @Override
  public void handle(RoutingContext context) {
    RequestListener.Handling handling =
        listener.began(
            context.request().method().name(),
            context.request().path(),
            context.request().getHeader("traceparent"));
    context.put(KEY, handling);
    context.addEndHandler(
        ended -> handling.ended(route(context), context.response().getStatusCode()));
    context.next();
  }

  /** What is told of a request. */
  public static RequestListener.Handling of(RoutingContext context) {
    RequestListener.Handling handling = context.get(KEY);
    return handling;
  }

  private String route(RoutingContext context) {
    Route route = context.currentRoute();
    String path = route == null ? null : route.getPath();
    return path == null ? refusedRoute(context) : path.equals("/") ? "page" : path;
  }

  /** The route that would have taken a request that a guard or a failure ended. */
  private String refusedRoute(RoutingContext context) {
    return router.getRoutes().stream()
        .filter(route -> Failures.matches(route, Failures.path(context)))
        .map(Route::getPath)
        .findFirst()
        .orElse("other");
  }
}
