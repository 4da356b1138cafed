package io.kvasir.http.openai;

import io.kvasir.http.exchange.Replies;
import io.kvasir.http.guard.KeyGuard;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /v1/models}: what OpenAI's clients can name. */
public final class OpenAiRoutes {
  private final OpenAiModels models;
  private final long created = Instant.now().getEpochSecond();

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public OpenAiRoutes(OpenAiModels models) {
    this.models = models;
  }

  /** Adds the routes. */
  public void mount(Router router) {
    router.get("/v1/models").handler(this::list);
    router.get("/v1/models/:id").handler(this::describe);
  }

  private void list(RoutingContext context) {
    Replies.json(context, 200, models.ids(KeyGuard.workspace(context)).map(this::listed));
  }

  private Map<String, Object> listed(List<String> ids) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("object", "list");
    body.put("data", ids.stream().map(this::described).toList());
    return body;
  }

  private void describe(RoutingContext context) {
    String id = context.pathParam("id");
    Replies.json(
        context,
        200,
        models
            .ids(KeyGuard.workspace(context))
            .map(
                ids -> {
                  if (!ids.contains(id)) {
                    throw OpenAiModels.unknown(id, ids);
                  }
                  return described(id);
                }));
  }

  private Map<String, Object> described(String id) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("id", id);
    model.put("object", "model");
    model.put("created", created);
    model.put("owned_by", "kvasir");
    return model;
  }
}
