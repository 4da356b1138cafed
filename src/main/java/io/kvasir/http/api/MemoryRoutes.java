package io.kvasir.http.api;

import io.kvasir.contrast.CollectionAttention;
import io.kvasir.contrast.Contrasts;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.JsonBody;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.guard.KeyGuard;
import io.kvasir.ingest.Ingestion;
import io.kvasir.memory.MemoryStore;
import io.kvasir.memory.PassageReader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /api/collections/NAME/memory}: keys and values that are kept, and attention over them. */
public final class MemoryRoutes {
  private static final String PATH = "/api/collections/:name/memory";
  private static final int NAME_CHARACTERS = 200;
  private static final int MOST_HEADS = 10_000;
  private static final int MOST_ATTENDED = 100;
  private static final int USUALLY_ATTENDED = 10;

  private final MemoryStore memory;
  private final PassageReader passages;
  private final CollectionAttention attention;
  private final Ingestion ingestion;
  private final Contrasts contrasts;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public MemoryRoutes(HttpPorts ports) {
    this.memory = ports.memory();
    this.passages = ports.passages();
    this.attention = ports.attention();
    this.ingestion = ports.ingestion();
    this.contrasts = ports.contrasts();
  }

  /** Adds the routes. */
  public void mount(Router router, JsonBody bodies) {
    router.get(PATH).handler(this::status);
    router.put(PATH).handler(this::keep);
    bodies.on(router.post(PATH)).handler(this::build);
    router.delete(PATH).handler(this::drop);
    bodies.on(router.post(PATH + "/attention")).handler(this::attend);
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

  private void build(RoutingContext context) {
    Query.of(context);
    String collection = context.pathParam("name");
    String decoder =
        passages.decoder(
            Fields.strict(JsonBody.of(context), "model").text("model", NAME_CHARACTERS));
    Replies.when(
        context,
        memory
            .keep(KeyGuard.workspace(context), collection)
            .compose(kept -> ingestion.remember(KeyGuard.workspace(context), collection, decoder)),
        job -> DocumentRoutes.accepted(context, job));
  }

  private void attend(RoutingContext context) {
    Query.of(context);
    Fields fields =
        Fields.strict(JsonBody.of(context), "question", "word", "model", "layer", "head", "limit");
    String question = fields.requiredText("question", Integer.MAX_VALUE);
    contrasts.limits().requireShort(question);
    Integer most = fields.integer("limit", 1, MOST_ATTENDED);
    Replies.json(
        context,
        200,
        attention.look(
            KeyGuard.workspace(context),
            context.pathParam("name"),
            new CollectionAttention.Asked(
                question,
                fields.integer("word", 0, Integer.MAX_VALUE),
                fields.text("model", NAME_CHARACTERS),
                fields.integer("layer", 0, MOST_HEADS),
                fields.integer("head", 0, MOST_HEADS),
                most == null ? USUALLY_ATTENDED : most)));
  }

  private void drop(RoutingContext context) {
    Query.of(context);
    Replies.done(context, memory.drop(KeyGuard.workspace(context), context.pathParam("name")));
  }
}
