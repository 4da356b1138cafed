package io.kvasir.http.api;

import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.guard.KeyGuard;
import io.kvasir.memory.MemoryStore;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /api/collections/NAME/memory}: whether keys and values of prompts are kept. */
public final class MemoryRoutes {
  private static final String PATH = "/api/collections/:name/memory";

  private final MemoryStore memory;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public MemoryRoutes(HttpPorts ports) {
    this.memory = ports.memory();
  }

  /** Adds the routes. */
  public void mount(Router router) {
    router.get(PATH).handler(this::status);
    router.put(PATH).handler(this::keep);
    router.delete(PATH).handler(this::drop);
  }

  private void status(RoutingContext context) {
    Query.of(context);
    Replies.json(
        context, 200, memory.status(KeyGuard.workspace(context), context.pathParam("name")));
  }

  private void keep(RoutingContext context) {
    Query.of(context);
    Replies.json(context, 200, memory.keep(KeyGuard.workspace(context), context.pathParam("name")));
  }

  private void drop(RoutingContext context) {
    Query.of(context);
    Replies.done(context, memory.drop(KeyGuard.workspace(context), context.pathParam("name")));
  }
}
