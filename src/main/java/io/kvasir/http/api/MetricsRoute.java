package io.kvasir.http.api;

import io.kvasir.http.exchange.Replies;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/** {@code /metrics}: what Prometheus reads. */
public final class MetricsRoute {
  private final Supplier<String> metrics;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public MetricsRoute(Supplier<String> metrics) {
    this.metrics = metrics;
  }

  /** Adds the route. */
  public void mount(Router router) {
    router.get("/metrics").handler(this::answer);
  }

  private void answer(RoutingContext context) {
    Replies.when(
        context,
        context.vertx().executeBlocking(metrics::get, false),
        text ->
            context
                .response()
                .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                .putHeader("cache-control", "no-store")
                .end(Buffer.buffer(text)));
  }
}
