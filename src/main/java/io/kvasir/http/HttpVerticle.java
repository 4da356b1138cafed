package io.kvasir.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Sampling;
import io.kvasir.http.api.CollectionRoutes;
import io.kvasir.http.api.ContractRoute;
import io.kvasir.http.api.ContrastRoutes;
import io.kvasir.http.api.ConversationRoutes;
import io.kvasir.http.api.CorrectionRoutes;
import io.kvasir.http.api.DocumentRoutes;
import io.kvasir.http.api.EvidenceRoutes;
import io.kvasir.http.api.ExperimentReports;
import io.kvasir.http.api.ExperimentRoutes;
import io.kvasir.http.api.HealthRoutes;
import io.kvasir.http.api.JobRoutes;
import io.kvasir.http.api.LimitRoutes;
import io.kvasir.http.api.MarkedRoutes;
import io.kvasir.http.api.MemoryRoutes;
import io.kvasir.http.api.MetricsRoute;
import io.kvasir.http.api.ModelRoutes;
import io.kvasir.http.api.OriginalRoute;
import io.kvasir.http.api.ScopeRoutes;
import io.kvasir.http.api.SearchRoutes;
import io.kvasir.http.exchange.Draining;
import io.kvasir.http.exchange.Failures;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.HttpLimits;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.JsonBody;
import io.kvasir.http.exchange.LiveStreams;
import io.kvasir.http.exchange.RequestWatch;
import io.kvasir.http.guard.Connections;
import io.kvasir.http.guard.KeyGuard;
import io.kvasir.http.guard.MalformedRequests;
import io.kvasir.http.guard.OriginGuard;
import io.kvasir.http.guard.SecurityHeaders;
import io.kvasir.http.guard.TargetGuard;
import io.kvasir.http.openai.ChatRoutes;
import io.kvasir.http.openai.EmbeddingRoutes;
import io.kvasir.http.openai.OpenAiModels;
import io.kvasir.http.openai.OpenAiRoutes;
import io.kvasir.http.page.ExportRoutes;
import io.kvasir.http.page.StaticRoutes;
import io.kvasir.http.page.WebRoot;
import io.kvasir.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The server. Its event loop never blocks: files, large JSON and tokenising happen elsewhere.
 * Deploying it fails with CONFLICT if the port is taken; undeploying it tells every stream that it
 * breaks off, gives running requests {@code grace} to end and then drops them.
 */
public final class HttpVerticle extends VerticleBase {
  private final HttpOptions options;
  private final HttpPorts ports;
  private final LiveStreams streams;
  private final HealthRoutes health;
  private final Draining draining = new Draining();
  private @Nullable HttpServer server;
  private @Nullable Router router;
  private @Nullable Connections connections;

  /** A server that answers through ports. */
  public HttpVerticle(HttpOptions options, HttpPorts ports) {
    this.options = options;
    this.ports = ports;
    this.streams = new LiveStreams(options.limits());
    this.health = new HealthRoutes(ports, draining);
  }

  @Override
  public Future<?> start() {
    return vertx
        .fileSystem()
        .mkdirs(options.uploads().toString())
        .compose(made -> vertx.executeBlocking(HttpVerticle::prepare))
        .compose(page -> listen(page, ContractRoute.load()));
  }

  /** Reads the page, and loads the JSON classes that the first request would load on the loop. */
  private static WebRoot prepare() throws IOException {
    JsonNode first = JsonBody.parse(Buffer.buffer(Json.MAPPER.writeValueAsBytes(Sampling.GREEDY)));
    Fields.lenient(first);
    return WebRoot.load(HttpVerticle.class.getClassLoader());
  }

  private Future<HttpServer> listen(WebRoot page, ContractRoute contract) {
    HttpServerOptions transport = serverOptions();
    Connections counted = new Connections(vertx, options.limits(), transport);
    connections = counted;
    server =
        vertx
            .createHttpServer(transport)
            .connectionHandler(counted)
            .invalidRequestHandler(MalformedRequests::refuse)
            .requestHandler(router(counted, page, contract));
    return server
        .listen()
        .recover(
            failure ->
                Future.failedFuture(
                    new ProblemException(
                        ProblemException.Kind.CONFLICT,
                        ("Cannot listen on %s port %d: %s. Stop what uses the port, or choose"
                                + " another with the setting http.port.")
                            .formatted(
                                options.endpoint().host(),
                                options.endpoint().port(),
                                failure.getMessage()),
                        failure)));
  }

  private HttpServerOptions serverOptions() {
    HttpLimits limits = options.limits();
    return new HttpServerOptions()
        .setHost(options.endpoint().host())
        .setPort(options.endpoint().port())
        .setMaxHeaderSize(limits.requests().headerBytes())
        .setMaxInitialLineLength(limits.requests().headerBytes())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout((int) limits.connections().idle().toMillis())
        .setHttp2ClearTextEnabled(false)
        .setHandle100ContinueAutomatically(false);
  }

  private Router router(Connections connections, WebRoot page, ContractRoute contract) {
    Router router = Router.router(vertx);
    this.router = router;
    Failures.install(router, page::has);
    router.route().handler(connections::begin);
    RequestWatch watch = new RequestWatch(ports.watch().requests(), router);
    watch.watchLoop(vertx);
    router.route().handler(watch);
    router.route().handler(SecurityHeaders::add);
    router.route().handler(new TargetGuard());
    router.route().handler(new OriginGuard(options.endpoint().host(), options.allowedHosts()));
    ports
        .keys()
        .ifPresent(
            ring -> {
              KeyGuard guard = new KeyGuard(ring, page::has);
              guard.followKeys(vertx);
              router.route().handler(guard);
            });
    router.route().handler(draining);
    JsonBody bodies = new JsonBody(options.limits());
    health.mount(router);
    contract.mount(router);
    new MetricsRoute(ports.watch().metrics()).mount(router);
    new ContrastRoutes(ports, options, streams).mount(router, bodies);
    new ConversationRoutes(ports).mount(router, bodies);
    new ExportRoutes(ports.contrasts(), page, options.limits()).mount(router);
    new EvidenceRoutes(ports, streams).mount(router, bodies);
    new ExperimentRoutes(ports, options).mount(router, bodies);
    new ExperimentReports(ports).mount(router);
    new MarkedRoutes(ports).mount(router, bodies);
    new MemoryRoutes(ports).mount(router, bodies);
    new CollectionRoutes(ports).mount(router, bodies);
    new DocumentRoutes(ports, options).mount(router, bodies);
    new CorrectionRoutes(ports).mount(router, bodies);
    new OriginalRoute(ports).mount(router);
    new JobRoutes(ports).mount(router);
    new ModelRoutes(ports, options).mount(router, bodies);
    new LimitRoutes(ports, options).mount(router);
    new SearchRoutes(ports, options).mount(router, bodies);
    new ScopeRoutes(ports).mount(router, bodies);
    OpenAiModels models = new OpenAiModels(ports);
    new OpenAiRoutes(models).mount(router);
    new ChatRoutes(ports, models, options, streams).mount(router, bodies);
    new EmbeddingRoutes(models, options).mount(router, bodies);
    new StaticRoutes(page).mount(router);
    return router;
  }

  /** The port it listens on, once it is deployed. */
  public int port() {
    HttpServer listening = server;
    if (listening == null) {
      throw new IllegalStateException("not deployed");
    }
    return listening.actualPort();
  }

  /** Every route it has, to be held against the contract. */
  List<Route> routes() {
    Router routed = router;
    return routed == null ? List.of() : routed.getRoutes();
  }

  /**
   * From now on it is not ready and takes no new work; what runs goes on, and can be followed.
   *
   * @return completes when no request is under way
   */
  public Future<Void> drain() {
    Promise<Void> quiet = Promise.promise();
    context.runOnContext(
        here -> {
          draining.begin();
          Connections open = connections;
          if (open == null) {
            quiet.complete();
          } else {
            open.quiet().onComplete(quiet);
          }
        });
    return quiet.future();
  }

  @Override
  public Future<?> stop() {
    draining.begin();
    streams.stop();
    HttpServer listening = server;
    Connections open = connections;
    if (listening == null || open == null) {
      return Future.succeededFuture();
    }
    long grace = options.limits().streams().grace().toMillis();
    long timer = vertx.setTimer(grace, due -> open.dropAll());
    return listening
        .shutdown(grace, TimeUnit.MILLISECONDS)
        .onComplete(closed -> vertx.cancelTimer(timer));
  }
}
