package io.kvasir.http;

import io.kvasir.contrast.Contrasts;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /api/scope}: how much of a scope fits into a budget, before anybody asks. */
final class ScopeRoutes {
  private static final int NAME_CHARACTERS = 200;

  private final Contrasts contrasts;

  ScopeRoutes(HttpPorts ports) {
    this.contrasts = ports.contrasts();
  }

  /** Adds the route. */
  void mount(Router router, JsonBody bodies) {
    bodies.on(router.post("/api/scope")).handler(this::fit);
  }

  private void fit(RoutingContext context) {
    Query.of(context);
    Fields fields = Fields.strict(JsonBody.of(context), "collection", "scope", "budget", "model");
    Replies.json(
        context,
        200,
        contrasts.fit(
            fields.text("model", NAME_CHARACTERS),
            fields.requiredText("collection", NAME_CHARACTERS),
            ContrastFields.scope(fields),
            ContrastFields.budget(fields)));
  }
}
