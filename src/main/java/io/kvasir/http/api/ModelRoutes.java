package io.kvasir.http.api;

import io.kvasir.contrast.ContrastLimits;
import io.kvasir.core.NearestName;
import io.kvasir.core.ProblemException;
import io.kvasir.generate.Generators;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.InvalidFieldException;
import io.kvasir.http.exchange.JsonBody;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.ingest.Ingestion;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code /api/models}: the decoders, fetching, loading and unloading them, and how they answer. */
public final class ModelRoutes {
  /** How long a step may take before the answer is only that it has begun. */
  private static final long PROMPT_MILLIS = 1_000;

  private final Generators generators;
  private final ContrastLimits limits;
  private final HttpOptions options;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public ModelRoutes(HttpPorts ports, HttpOptions options) {
    this.generators = ports.generators();
    this.options = options;
    this.limits = ports.contrasts().limits();
  }

  /** Adds the routes. */
  public void mount(Router router, JsonBody bodies) {
    router.get("/api/models").handler(this::list);
    router.post("/api/models").handler(this::importFile);
    bodies.on(router.put("/api/models/:name/answers")).handler(this::keepAnswers);
    router.post("/api/models/:name/pull").handler(context -> step(context, generators::pull));
    router.post("/api/models/:name/load").handler(context -> step(context, generators::load));
    router.post("/api/models/:name/unload").handler(context -> step(context, generators::unload));
  }

  /** Answers with the decoder once that is kept. */
  private void keepAnswers(RoutingContext context) {
    Query.of(context);
    String name = status(context.pathParam("name")).name();
    AnswersFields fields = AnswersFields.of(JsonBody.of(context), limits.maxK());
    Replies.json(
        context,
        200,
        Future.fromCompletionStage(
            generators.keepAnswers(name, fields.answers(), fields.measured()),
            context.vertx().getOrCreateContext()));
  }

  private void list(RoutingContext context) {
    Query.of(context);
    Replies.when(
        context,
        Future.fromCompletionStage(generators.refreshed(), context.vertx().getOrCreateContext()),
        models -> Replies.json(context, 200, new Listed(models, generators.freeMemory())));
  }

  /**
   * The decoders.
   *
   * @param models the default first
   * @param freeMemoryBytes what is free on the server's machine
   */
  record Listed(List<Generators.Status> models, long freeMemoryBytes) {}

  /** Takes in an uploaded file; what came of it is deleted in the end. */
  private void importFile(RoutingContext context) {
    Query.of(context);
    Upload upload = new Upload(context, options, options.limits().uploads().model());
    Replies.when(
        context,
        upload.receive(),
        received -> {
          if (received.sources().size() != 1) {
            Upload.discard(context, received);
            throw new InvalidFieldException(
                "file",
                "Send one GGUF file, in the field 'file'; there are %d."
                    .formatted(received.sources().size()));
          }
          Ingestion.Source file = received.sources().get(0);
          Context own = context.vertx().getOrCreateContext();
          Future<Generators.Importing> begun =
              Future.fromCompletionStage(generators.importFile(file.content(), file.name()), own);
          begun
              .compose(importing -> Future.fromCompletionStage(importing.end(), own))
              .onComplete(done -> Upload.discard(context, received));
          Replies.when(
              context,
              begun,
              importing ->
                  answer(
                      context,
                      Future.fromCompletionStage(importing.end(), own),
                      () -> status(importing.name())));
        });
  }

  /** Answers 200 with the end of a step that is quick, 202 with the present state of others. */
  private void step(
      RoutingContext context, Function<String, CompletionStage<Generators.Status>> step) {
    Query.of(context);
    String name = status(context.pathParam("name")).name();
    Context own = context.vertx().getOrCreateContext();
    answer(context, Future.fromCompletionStage(step.apply(name), own), () -> status(name));
  }

  private static void answer(
      RoutingContext context, Future<Generators.Status> end, Supplier<Generators.Status> now) {
    Promise<Boolean> quick = Promise.promise();
    long timer = context.vertx().setTimer(PROMPT_MILLIS, due -> quick.tryComplete(false));
    end.onComplete(
        ended -> {
          context.vertx().cancelTimer(timer);
          if (ended.succeeded()) {
            quick.tryComplete(true);
          } else {
            quick.tryFail(ended.cause());
          }
        });
    Replies.when(
        context,
        quick.future(),
        ended -> Replies.json(context, ended ? 200 : 202, ended ? end.result() : now.get()));
  }

  private Generators.Status status(String name) {
    List<Generators.Status> all = generators.list();
    return all.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemException.Kind.NOT_FOUND,
                    "There is no model \"%s\"%s; see GET /api/models."
                        .formatted(
                            name,
                            NearestName.hint(name, all.stream().map(one -> one.name()).toList()))));
  }
}
