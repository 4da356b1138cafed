package io.kvasir.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.config.Endpoint;
import io.kvasir.contrast.NothingKept;
import io.kvasir.core.Sampling;
import io.kvasir.encode.Encoders;
import io.kvasir.experiment.ExperimentLimits;
import io.kvasir.experiment.Marking;
import io.kvasir.http.exchange.HttpLimits;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.ingest.PassageCorrections;
import io.kvasir.json.Json;
import io.kvasir.keys.KeyRing;
import io.kvasir.observe.RequestListener;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The real server on a free port, behind it fakes that a test can look into. */
public final class TestServer implements AutoCloseable {
  final FakeContrasts contrasts = new FakeContrasts();
  final FakeConversations conversations = new FakeConversations();
  final FakeEvidence evidence = new FakeEvidence();
  final FakeExperiments experiments = new FakeExperiments();
  final FakeMarked marked = new FakeMarked();
  public final FakeLibrary library = new FakeLibrary();
  final FakeCorrections corrections = new FakeCorrections();
  final FakeIngestion ingestion = new FakeIngestion();
  final FakeModels models = new FakeModels();
  volatile Supplier<Future<Void>> readiness = Future::succeededFuture;
  final Path uploads;
  final Vertx vertx = Vertx.vertx();
  final HttpVerticle verticle;
  private final String deployment;
  final HttpClient client = HttpClient.newHttpClient();

  public TestServer() throws Exception {
    this(HttpLimits.DEFAULT);
  }

  public TestServer(HttpLimits limits) throws Exception {
    this(limits, Optional.empty());
  }

  /** A server whose requests need a key. */
  public TestServer(KeyRing keys) throws Exception {
    this(HttpLimits.DEFAULT, Optional.of(keys));
  }

  private TestServer(HttpLimits limits, Optional<KeyRing> keys) throws Exception {
    uploads = Files.createTempDirectory("kvasir-uploads");
    HttpOptions options =
        new HttpOptions(
            new Endpoint("127.0.0.1", 0),
            List.of("kvasir.example"),
            uploads,
            Sampling.GREEDY,
            limits);
    verticle =
        new HttpVerticle(
            options,
            new HttpPorts(
                contrasts,
                contrasts,
                conversations,
                evidence,
                experiments,
                new Marking(marked, contrasts, ExperimentLimits.DEFAULT),
                library,
                new PassageCorrections(
                    library, corrections, new Encoders(List.of(new FakeModels.LengthEncoder()))),
                new NothingKept(),
                new NothingKept(),
                new NothingKept(),
                ingestion,
                models,
                List.of(new FakeModels.LengthEncoder()),
                () -> readiness.get(),
                new HttpPorts.Watch(RequestListener.NONE, () -> ""),
                keys));
    deployment = await(vertx.deployVerticle(verticle));
  }

  public static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** Waits until something holds. */
  static void until(String what, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("in 20 s it did not come to this: " + what);
      }
      Thread.sleep(10);
    }
  }

  int port() {
    return verticle.port();
  }

  String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(port(), path);
  }

  public HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, null);
  }

  HttpResponse<String> send(String method, String path, String body) throws Exception {
    return client.send(request(method, path, body), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends a request and reads the answer line by line as it comes. */
  public HttpResponse<InputStream> stream(
      String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(request(method, path, body), (n, v) -> true);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  private HttpRequest request(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url(path)))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("content-type", "application/json");
    }
    return request.build();
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return Json.MAPPER.readTree(response.body());
  }

  /** Sends bytes as they are and returns everything that comes back until the server closes. */
  String raw(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  void undeploy() throws Exception {
    await(vertx.undeploy(deployment));
  }

  @Override
  public void close() throws IOException {
    try {
      await(vertx.close());
    } catch (Exception failure) {
      throw new IOException("the server did not stop", failure);
    }
    try (Stream<Path> left = Files.walk(uploads)) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
