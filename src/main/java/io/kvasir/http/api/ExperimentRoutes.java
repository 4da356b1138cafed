package io.kvasir.http.api;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.evaluate.Result;
import io.kvasir.experiment.DatasetSource;
import io.kvasir.experiment.Experiment;
import io.kvasir.experiment.Experiments;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.InvalidFieldException;
import io.kvasir.http.exchange.JsonBody;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.guard.KeyGuard;
import io.kvasir.json.Json;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code /api/experiments}: labelled questions asked in several ways, and what came of it. */
public final class ExperimentRoutes {
  private static final ObjectReader RESULTS =
      Json.MAPPER
          .readerFor(Exported.class)
          .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final Experiments experiments;
  private final HttpOptions options;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public ExperimentRoutes(HttpPorts ports, HttpOptions options) {
    this.experiments = ports.experiments();
    this.options = options;
  }

  /**
   * Results as another machine takes them.
   *
   * @param checksum of their experiment's plan
   * @param results what was answered
   */
  record Exported(String checksum, List<Result> results) {}

  /** Adds the routes. */
  public void mount(Router router, JsonBody bodies) {
    bodies
        .on(router.post("/api/experiments").consumes("application/json"))
        .handler(this::createFromLibrary);
    router.post("/api/experiments").handler(this::create);
    router.get("/api/experiments").handler(this::list);
    router.get("/api/experiments/:id").handler(this::get);
    router.delete("/api/experiments/:id").handler(this::delete);
    router.post("/api/experiments/:id/cancel").handler(this::cancel);
    router.post("/api/experiments/:id/resume").handler(this::resume);
    router.get("/api/experiments/:id/results.json").handler(this::results);
    router.post("/api/experiments/:id/results").handler(this::merge);
  }

  /** Over questions that are here already. */
  private void createFromLibrary(RoutingContext context) {
    Query.of(context);
    JsonNode body = JsonBody.of(context);
    Experiments.Order order = ExperimentFields.of(body);
    DatasetSource source =
        ExperimentFields.source(body)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Kind.INVALID,
                        "Name a collection whose headings are asked ('headings'), ask what was marked"
                            + " ('marked'), or send files as multipart/form-data with the order in a"
                            + " field of its own."));
    begun(context, experiments.create(KeyGuard.workspace(context), source, order));
  }

  private void create(RoutingContext context) {
    Query.of(context);
    Workspace workspace = KeyGuard.workspace(context);
    Future<Experiment> created =
        received(context)
            .compose(
                received -> {
                  JsonNode body = order(received);
                  Experiments.Order order = ExperimentFields.of(body);
                  if (ExperimentFields.source(body).isPresent()) {
                    throw new ProblemException(
                        Kind.INVALID, "There are files, and the order names other questions.");
                  }
                  return context
                      .vertx()
                      .executeBlocking(
                          () -> DatasetFiles.of(received.sources(), options.uploads()), false)
                      .compose(files -> create(context, workspace, files, order));
                });
    begun(context, created);
  }

  private static void begun(RoutingContext context, Future<Experiment> created) {
    Replies.when(
        context,
        created,
        experiment -> {
          context.response().putHeader("location", "/api/experiments/" + experiment.id());
          Replies.json(context, 202, experiment);
        });
  }

  /** What nobody takes is deleted. */
  private Future<Upload.Received> received(RoutingContext context) {
    return new Upload(context, options)
        .receive()
        .onSuccess(
            received -> context.addEndHandler(answered -> Upload.discard(context, received)));
  }

  private static JsonNode order(Upload.Received received) {
    String order = received.fields().get("order");
    if (order == null) {
      throw new InvalidFieldException(
          "order", "The field 'order' is missing; it says in JSON what is asked.");
    }
    return JsonBody.parse(Buffer.buffer(order));
  }

  private Future<Experiment> create(
      RoutingContext context, Workspace workspace, DatasetFiles files, Experiments.Order order) {
    return experiments
        .create(workspace, new DatasetSource.Files(files.path()), order)
        .onComplete(
            done ->
                context
                    .vertx()
                    .executeBlocking(
                        () -> {
                          files.close();
                          return null;
                        },
                        false));
  }

  private void list(RoutingContext context) {
    Query.of(context);
    Replies.large(
        context,
        experiments
            .list(KeyGuard.workspace(context))
            .map(all -> Map.<String, List<Experiment>>of("experiments", all)));
  }

  private void get(RoutingContext context) {
    Query.of(context);
    Replies.json(context, 200, experiments.get(KeyGuard.workspace(context), id(context)));
  }

  private void results(RoutingContext context) {
    Query.of(context);
    Replies.large(
        context,
        experiments
            .whole(KeyGuard.workspace(context), id(context))
            .map(
                whole ->
                    Map.of(
                        "checksum", whole.experiment().plan().checksum(),
                        "questions", whole.questions(),
                        "results", whole.results())));
  }

  private void merge(RoutingContext context) {
    Query.of(context);
    Workspace workspace = KeyGuard.workspace(context);
    Future<Integer> merged =
        received(context)
            .compose(received -> context.vertx().executeBlocking(() -> exported(received), false))
            .compose(
                exported ->
                    experiments.merge(
                        workspace, id(context), exported.checksum(), exported.results()));
    Replies.json(context, 200, merged.map(count -> Map.of("added", count)));
  }

  private static Exported exported(Upload.Received received) throws IOException {
    if (received.sources().size() != 1) {
      throw new ProblemException(Kind.INVALID, "Send one file, which another server gave out.");
    }
    try {
      return RESULTS.readValue(received.sources().get(0).content().toFile());
    } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
      throw new ProblemException(
          Kind.INVALID,
          "The file is none of results, as /api/experiments/…/results gives them out: "
              + malformed.getOriginalMessage(),
          malformed);
    }
  }

  private void cancel(RoutingContext context) {
    Query.of(context);
    Replies.done(context, experiments.cancel(KeyGuard.workspace(context), id(context)));
  }

  private void resume(RoutingContext context) {
    Query.of(context);
    Replies.done(context, experiments.resume(KeyGuard.workspace(context), id(context)));
  }

  private void delete(RoutingContext context) {
    Query.of(context);
    Replies.done(context, experiments.delete(KeyGuard.workspace(context), id(context)));
  }

  private static String id(RoutingContext context) {
    return String.valueOf(context.pathParam("id"));
  }
}
