package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.Trace;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.json.Json;
import io.kvasir.models.Catalogue;
import io.kvasir.models.ModelStore;
import io.kvasir.models.TunedAnswers;
import io.kvasir.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The whole server in this process, with a tiny decoder and a collection of two passages. */
public final class RunningServer implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** An event loop that is busy for longer is reported in the log. */
  private static final int BLOCKED_MILLISECONDS = 200;

  private final Vertx vertx;
  private final Server server;
  private final String key;

  private RunningServer(Vertx vertx, Server server, String key) {
    this.vertx = vertx;
    this.server = server;
    this.key = key;
  }

  /**
   * Starts it and waits until it answers questions.
   *
   * @param folder of its data
   * @param settings beside those of every test; its {@code KVASIR_HTTP_KEY} is sent with requests
   */
  public static RunningServer start(Path folder, String databaseUrl, Map<String, String> settings) {
    ModelStore store = store(folder);
    store.importFile(TinyGguf.write(folder, "llama"), "tiny", done -> {});
    Map<String, String> environment = new HashMap<>();
    environment.put("KVASIR_DATA_DIR", folder.toString());
    environment.put("KVASIR_HTTP_PORT", "0");
    environment.put("KVASIR_MODELS_DEFAULT", "tiny");
    environment.put("KVASIR_ENGINE_QUEUE", "256");
    environment.put("KVASIR_ENGINE_SLOTS", "4");
    environment.put("KVASIR_ENGINE_CONTEXT", "2048");
    environment.put("KVASIR_PROMPT_BUDGET", "600");
    environment.putAll(settings);
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setMaxEventLoopExecuteTime(BLOCKED_MILLISECONDS));
    RunningServer running =
        new RunningServer(
            vertx,
            PostgresExtension.await(
                Server.start(
                    vertx, ServerSettings.ALL.load(environment), databaseUrl, decoders(folder))),
            settings.getOrDefault("KVASIR_HTTP_KEY", ""));
    until(() -> running.get("/api/health/ready").contains("up"));
    running.fillPond();
    return running;
  }

  /** The decoders of a data folder, with what they answer best with. */
  static StoredDecoders decoders(Path folder) {
    return new StoredDecoders(
        store(folder),
        new TunedAnswers(folder.resolve("models"), new Catalogue(List.of(), Map.of(), List.of())));
  }

  private static ModelStore store(Path folder) {
    return new ModelStore(
        folder.resolve("models"), folder, new Catalogue(List.of(), Map.of(), List.of()));
  }

  public int port() {
    return server.port();
  }

  /** A contrast of the usual three paths, asked and read to its end. */
  Trace ask(String question) throws Exception {
    return askWith(
        """
        {"question":"%s","collection":"pond","paths":["closed-book","rag","attention"],
         "sampling":{"maxTokens":12}}"""
            .formatted(question));
  }

  /** A contrast, asked and read to its end. */
  Trace askWith(String body) throws Exception {
    HttpResponse<InputStream> response = post("/api/contrasts", body);
    String events = read(response);
    assertThat(response.statusCode()).as(events).isEqualTo(200);
    assertThat(events).contains("event: ended");
    String location = response.headers().firstValue("location").orElseThrow();
    return Json.MAPPER.readValue(get(location), Trace.class);
  }

  /** A chat whose chunks may be read. */
  CompletableFuture<HttpResponse<InputStream>> stream(String text, int tokens) {
    return CLIENT.sendAsync(
        request("/v1/chat/completions", chat(text, tokens, true)), BodyHandlers.ofInputStream());
  }

  /** A chat whose answer comes in one piece. */
  CompletableFuture<HttpResponse<String>> whole(String text, int tokens) {
    return CLIENT.sendAsync(
        request("/v1/chat/completions", chat(text, tokens, false)), BodyHandlers.ofString());
  }

  static String chat(String text, int tokens, boolean stream) {
    return """
        {"model":"tiny","stream":%b,"max_tokens":%d,
         "messages":[{"role":"user","content":"%s"}]}"""
        .formatted(stream, tokens, text);
  }

  /** Another server of the same database may have filled it. */
  private void fillPond() {
    until(
        () -> {
          if (!get("/api/collections/pond/documents").contains("frogs.md")) {
            upload(
                "frogs.md",
                "# Frogs\n\nA frog of the pond sings at night.\n\n# Toads\n\nA toad is quiet.");
          }
          return true;
        });
  }

  private void upload(String name, String text) {
    String body =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%s\r\n--x--\r\n"
            .formatted(name, text);
    HttpRequest request =
        to("/api/collections/pond/documents")
            .header("content-type", "multipart/form-data; boundary=x")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
      String job = Json.MAPPER.readTree(response.body()).path("id").asText();
      until(() -> get("/api/jobs/" + job).contains("\"finished\":true"));
      assertThat(get("/api/jobs/" + job)).contains("\"state\":\"done\"");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Something that holds sooner or later. */
  interface Check {
    boolean holds() throws IOException, InterruptedException;
  }

  /** Waits until something holds. */
  static void until(Check check) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    try {
      while (!check.holds()) {
        assertThat(System.nanoTime()).as("waited two minutes").isLessThan(deadline);
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  String get(String path) throws IOException, InterruptedException {
    return CLIENT.send(to(path).build(), BodyHandlers.ofString()).body();
  }

  /** Has keys and values of its collection kept; gives what is kept. */
  String keepMemory() throws IOException, InterruptedException {
    HttpRequest request = to("/api/collections/pond/memory").PUT(BodyPublishers.noBody()).build();
    return CLIENT.send(request, BodyHandlers.ofString()).body();
  }

  /** Has nothing of its collection kept any more. */
  void dropMemory() throws IOException, InterruptedException {
    HttpRequest request = to("/api/collections/pond/memory").DELETE().build();
    CLIENT.send(request, BodyHandlers.discarding());
  }

  HttpResponse<InputStream> post(String path, String body)
      throws IOException, InterruptedException {
    return CLIENT.send(request(path, body), BodyHandlers.ofInputStream());
  }

  /** What a POST answers, read to its end. */
  HttpResponse<String> read(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return CLIENT.send(request(path, body, headers), BodyHandlers.ofString());
  }

  private HttpRequest request(String path, String body, String... headers) {
    HttpRequest.Builder request =
        to(path).header("content-type", "application/json").POST(BodyPublishers.ofString(body));
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  private HttpRequest.Builder to(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    return key.isEmpty() ? request : request.header("authorization", "Bearer " + key);
  }

  static String read(HttpResponse<InputStream> response) throws IOException {
    try (InputStream in = response.body()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    PostgresExtension.await(server.stop());
    PostgresExtension.await(vertx.close());
  }
}
