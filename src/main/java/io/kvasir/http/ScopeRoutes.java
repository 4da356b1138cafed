package io.kvasir.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.Passage;
import io.kvasir.core.Scope;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Generators;
import io.kvasir.retrieve.Library;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/scope}: how much of a scope fits into a budget, before anybody asks. */
final class ScopeRoutes {
  /** The most passages whose tokens are counted; more would not fit any context. */
  static final int PASSAGES = 2_000;

  private static final int NAME_CHARACTERS = 200;
  private static final int BUDGET = 2_048;

  /**
   * How a scope and a budget go together.
   *
   * @param passages how many passages the scope has
   * @param tokens how many tokens those that fit take
   * @param fitting how many fit, in document order
   * @param left how many do not
   */
  record Fit(int passages, int tokens, int fitting, int left) {}

  private final Library library;
  private final Generators generators;

  ScopeRoutes(HttpPorts ports) {
    this.library = ports.library();
    this.generators = ports.generators();
  }

  /** Adds the route. */
  void mount(Router router, JsonBody bodies) {
    bodies.on(router.post("/api/scope")).handler(this::fit);
  }

  private void fit(RoutingContext context) {
    Query.of(context);
    JsonNode body = JsonBody.of(context);
    Fields fields = Fields.strict(body, "collection", "scope", "budget", "model");
    String collection = fields.requiredText("collection", NAME_CHARACTERS);
    Scope scope = ContrastFields.scope(fields);
    Integer budget = ContrastFields.budget(fields);
    Generator generator = generators.loaded(fields.text("model", NAME_CHARACTERS));
    Future<Fit> fit =
        library
            .countPassages(collection, scope)
            .compose(
                all ->
                    library
                        .passages(collection, scope, PASSAGES)
                        .compose(
                            passages ->
                                context
                                    .vertx()
                                    .executeBlocking(
                                        () -> count(generator, passages, all, budget), false)));
    Replies.json(context, 200, fit);
  }

  private static Fit count(
      Generator generator, List<Passage> passages, int all, @Nullable Integer budget) {
    int room = budget == null ? BUDGET : budget;
    int tokens = 0;
    int fitting = 0;
    for (Passage passage : passages) {
      int length = generator.countTokens(passage.value());
      if (tokens + length > room) {
        break;
      }
      tokens += length;
      fitting++;
    }
    return new Fit(all, tokens, fitting, all - fitting);
  }
}
