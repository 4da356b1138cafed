package io.kvasir.http.api;

import io.kvasir.contrast.ContrastLimits;
import io.kvasir.contrast.ContrastRequest;
import io.kvasir.contrast.Contrasts;
import io.kvasir.core.AnswerPath;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.JsonBody;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.guard.KeyGuard;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code /api/search}: what retrieval finds for a question, without an answer. */
public final class SearchRoutes {
  private static final int NAME_CHARACTERS = 200;

  private final Contrasts contrasts;
  private final HttpOptions options;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public SearchRoutes(HttpPorts ports, HttpOptions options) {
    this.contrasts = ports.contrasts();
    this.options = options;
  }

  /** Adds the route. */
  public void mount(Router router, JsonBody bodies) {
    bodies.on(router.post("/api/search")).handler(this::search);
  }

  private void search(RoutingContext context) {
    Query.of(context);
    ContrastLimits limits = contrasts.limits();
    Fields fields =
        Fields.strict(
            JsonBody.of(context), "question", "collection", "scope", "model", "k", "budget");
    String question = fields.requiredText("question", Integer.MAX_VALUE);
    limits.requireShort(question);
    ContrastRequest request =
        new ContrastRequest(
            question,
            null,
            fields.requiredText("collection", NAME_CHARACTERS),
            ContrastFields.scope(fields),
            List.of(AnswerPath.RAG),
            fields.text("model", NAME_CHARACTERS),
            null,
            options.sampling(),
            fields.integer("k", 1, limits.maxK()),
            ContrastFields.budget(fields));
    Replies.large(context, contrasts.rehearse(KeyGuard.workspace(context), request));
  }
}
