package io.kvasir.http.api;

import io.kvasir.contrast.Contrasts;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.JsonBody;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.guard.KeyGuard;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /api/scope}: how much of a scope fits into a budget, before anybody asks. */
public final class ScopeRoutes {
  private static final int NAME_CHARACTERS = 200;

  private final Contrasts contrasts;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public ScopeRoutes(HttpPorts ports) {
    this.contrasts = ports.contrasts();
  }

  /** Adds the route. */
  public void mount(Router router, JsonBody bodies) {
    bodies.on(router.post("/api/scope")).handler(this::fit);
  }

  private void fit(RoutingContext context) {
    Query.of(context);
    Fields fields = Fields.strict(JsonBody.of(context), "collection", "scope", "budget", "model");
    Replies.json(
        context,
        200,
        contrasts.fit(
            KeyGuard.workspace(context),
            fields.text("model", NAME_CHARACTERS),
            fields.requiredText("collection", NAME_CHARACTERS),
            ContrastFields.scope(fields),
            ContrastFields.budget(fields)));
  }
}
