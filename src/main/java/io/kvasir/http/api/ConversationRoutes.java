package io.kvasir.http.api;

import io.kvasir.contrast.ContrastStore.Summary;
import io.kvasir.contrast.Conversations;
import io.kvasir.contrast.Conversations.Conversation;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.InvalidFieldException;
import io.kvasir.http.exchange.JsonBody;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.guard.KeyGuard;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** {@code /api/conversations}: the history as conversations. */
public final class ConversationRoutes {
  /** The most conversations that are deleted with one request. */
  static final int DELETED_AT_ONCE = 200;

  private static final int ID_CHARACTERS = 200;
  private static final int LONGEST_SEARCH = 500;
  private static final int LINES = 50;
  private static final int MOST_LINES = 200;

  private final Conversations conversations;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public ConversationRoutes(HttpPorts ports) {
    this.conversations = ports.conversations();
  }

  /** Adds the routes. */
  public void mount(Router router, JsonBody bodies) {
    router.get("/api/conversations").handler(this::list);
    bodies.on(router.post("/api/conversations/delete")).handler(this::delete);
    router.get("/api/conversations/:id").handler(this::contrasts);
    bodies.on(router.put("/api/conversations/:id")).handler(this::rename);
    router.post("/api/contrasts/:id/branch").handler(this::branch);
  }

  private void list(RoutingContext context) {
    Query query = Query.of(context, "search", "before", "limit");
    Replies.large(
        context,
        conversations
            .list(
                KeyGuard.workspace(context),
                query.text("search", LONGEST_SEARCH),
                query.instant("before"),
                query.integer("limit", 1, MOST_LINES, LINES))
            .map(all -> Map.<String, List<Conversation>>of("conversations", all)));
  }

  private void contrasts(RoutingContext context) {
    Query.of(context);
    Replies.large(
        context,
        conversations
            .contrasts(KeyGuard.workspace(context), String.valueOf(context.pathParam("id")))
            .map(lines -> Map.<String, List<Summary>>of("contrasts", lines)));
  }

  private void rename(RoutingContext context) {
    Query.of(context);
    Fields fields = Fields.strict(JsonBody.of(context), "title");
    String title = fields.text("title", Conversations.TITLE_CHARACTERS);
    Replies.done(
        context,
        conversations.rename(
            KeyGuard.workspace(context),
            String.valueOf(context.pathParam("id")),
            title == null || title.isBlank() ? null : title.strip()));
  }

  private void delete(RoutingContext context) {
    Query.of(context);
    Fields fields = Fields.strict(JsonBody.of(context), "conversations");
    List<String> named = fields.texts("conversations", DELETED_AT_ONCE, ID_CHARACTERS);
    if (named.isEmpty()) {
      throw new InvalidFieldException(
          "conversations", "The field 'conversations' must name at least one.");
    }
    Replies.json(
        context,
        200,
        conversations
            .delete(KeyGuard.workspace(context), named)
            .map(contrasts -> Map.of("contrasts", contrasts)));
  }

  private void branch(RoutingContext context) {
    Query.of(context);
    Replies.json(
        context,
        201,
        conversations
            .branch(KeyGuard.workspace(context), ContrastRoutes.id(context))
            .map(conversation -> Map.of("conversation", conversation)));
  }
}
