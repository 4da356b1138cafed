package io.kvasir.http.api;

import io.kvasir.core.ProblemException;
import io.kvasir.http.exchange.Draining;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.Replies;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** {@code /api/health}: whether the process lives, and whether it can answer questions. */
public final class HealthRoutes {
  private static final long PATIENCE_SECONDS = 3;
  private static final Map<String, String> UP = Map.of("status", "up");

  private final Supplier<Future<Void>> readiness;
  private final Draining draining;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public HealthRoutes(HttpPorts ports, Draining draining) {
    this.readiness = ports.readiness();
    this.draining = draining;
  }

  /** Adds the routes. */
  public void mount(Router router) {
    router.get("/api/health/live").handler(context -> Replies.json(context, 200, UP));
    router.get("/api/health/ready").handler(this::ready);
  }

  private void ready(RoutingContext context) {
    if (draining.begun()) {
      throw Draining.refusal();
    }
    Replies.when(
        context,
        readiness
            .get()
            .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .recover(
                failure ->
                    Future.failedFuture(
                        failure instanceof ProblemException ? failure : unavailable(failure))),
        ready -> Replies.json(context, 200, UP));
  }

  private static ProblemException unavailable(Throwable failure) {
    return new ProblemException(
        ProblemException.Kind.UNAVAILABLE,
        "Kvasir is not ready: what it needs does not answer; see its log (./kvasir logs).",
        failure);
  }
}
