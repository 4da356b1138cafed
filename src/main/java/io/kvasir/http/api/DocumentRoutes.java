package io.kvasir.http.api;

import io.kvasir.core.Document;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Workspace;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.InvalidFieldException;
import io.kvasir.http.exchange.JsonBody;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.guard.KeyGuard;
import io.kvasir.ingest.Ingestion;
import io.kvasir.ingest.Task;
import io.kvasir.retrieve.Library;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** {@code /api/documents} and the documents of collections: uploading, reading, deleting. */
public final class DocumentRoutes {
  private final Library library;
  private final Ingestion ingestion;
  private final EncoderNames encoders;
  private final HttpOptions options;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public DocumentRoutes(HttpPorts ports, HttpOptions options) {
    this.library = ports.library();
    this.ingestion = ports.ingestion();
    this.encoders = new EncoderNames(ports.encoders());
    this.options = options;
  }

  /** Adds the routes. */
  public void mount(Router router, JsonBody bodies) {
    router.get("/api/collections/:name/documents").handler(this::list);
    router.post("/api/collections/:name/documents").handler(this::upload);
    router.post("/api/collections/:name/refresh").handler(this::refresh);
    bodies.on(router.post("/api/collections/:name/encode")).handler(this::encode);
    router.get("/api/documents/:id").handler(this::read);
    router.delete("/api/documents/:id").handler(this::delete);
  }

  private void list(RoutingContext context) {
    Query.of(context);
    Replies.large(
        context,
        library
            .documents(KeyGuard.workspace(context), context.pathParam("name"))
            .map(all -> Map.<String, List<Document>>of("documents", all)));
  }

  private void upload(RoutingContext context) {
    Query.of(context);
    String collection = CollectionRoutes.requireName(context.pathParam("name"));
    Upload upload = new Upload(context, options);
    Future<Ingestion.Job> job =
        upload
            .receive()
            .compose(
                received ->
                    submit(KeyGuard.workspace(context), collection, received)
                        .recover(
                            refused ->
                                Upload.discard(context, received)
                                    .transform(any -> again(refused))));
    Replies.when(context, job, accepted -> accepted(context, accepted));
  }

  private Future<Ingestion.Job> submit(
      Workspace workspace, String collection, Upload.Received received) {
    String language = received.fields().get("language");
    String encoder = received.fields().get("encoder");
    String values = received.fields().get("values");
    try {
      return ingestion.submit(
          workspace,
          collection,
          Task.read(
              language == null ? null : CollectionRoutes.requireLanguage(language),
              encoder == null ? null : encoders.named(encoder).name(),
              values == null ? null : CollectionRoutes.requireValues(values)),
          received.sources());
    } catch (InvalidFieldException unknown) {
      return Future.failedFuture(unknown);
    }
  }

  private void encode(RoutingContext context) {
    Query.of(context);
    Fields fields = Fields.strict(JsonBody.of(context), "encoder");
    String encoder = encoders.named(fields.requiredText("encoder", EncoderNames.CHARACTERS)).name();
    Replies.when(
        context,
        ingestion.encode(KeyGuard.workspace(context), context.pathParam("name"), encoder),
        accepted -> accepted(context, accepted));
  }

  /** Answers with a job that goes on. */
  static void accepted(RoutingContext context, Ingestion.Job job) {
    context.response().putHeader("location", "/api/jobs/" + job.id());
    Replies.json(context, 202, job);
  }

  private void refresh(RoutingContext context) {
    Query.of(context);
    Replies.json(
        context, 202, ingestion.refresh(KeyGuard.workspace(context), context.pathParam("name")));
  }

  private static <T> Future<T> again(Throwable refused) {
    return Future.failedFuture(refused);
  }

  private void read(RoutingContext context) {
    Query.of(context);
    Replies.large(context, library.document(KeyGuard.workspace(context), id(context)));
  }

  private void delete(RoutingContext context) {
    Query.of(context);
    Replies.done(context, library.deleteDocument(KeyGuard.workspace(context), id(context)));
  }

  /** The document that a path names. */
  static long id(RoutingContext context) {
    String id = context.pathParam("id");
    if (!id.matches("\\d{1,18}")) {
      throw new ProblemException(
          ProblemException.Kind.NOT_FOUND, "There is no document '%s'.".formatted(id));
    }
    return Long.parseLong(id);
  }
}
