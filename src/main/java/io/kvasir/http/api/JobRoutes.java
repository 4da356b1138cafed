package io.kvasir.http.api;

import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.guard.KeyGuard;
import io.kvasir.ingest.Ingestion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** {@code /api/jobs}: what became of uploads. */
public final class JobRoutes {
  private final Ingestion ingestion;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public JobRoutes(HttpPorts ports) {
    this.ingestion = ports.ingestion();
  }

  /** Adds the routes. */
  public void mount(Router router) {
    router.get("/api/jobs").handler(this::list);
    router.get("/api/jobs/:id").handler(this::describe);
    router.delete("/api/jobs/:id").handler(this::cancel);
  }

  private void list(RoutingContext context) {
    Query.of(context);
    Replies.when(
        context,
        ingestion.jobs(KeyGuard.workspace(context)),
        jobs -> Replies.json(context, 200, Map.of("jobs", jobs)));
  }

  private void describe(RoutingContext context) {
    Query.of(context);
    Replies.when(
        context,
        ingestion.job(KeyGuard.workspace(context), context.pathParam("id")),
        job -> Replies.json(context, 200, job));
  }

  private void cancel(RoutingContext context) {
    Query.of(context);
    Replies.done(context, ingestion.cancel(KeyGuard.workspace(context), context.pathParam("id")));
  }
}
