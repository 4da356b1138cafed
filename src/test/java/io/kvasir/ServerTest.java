package io.kvasir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kvasir.config.Settings;
import io.kvasir.contrast.Json;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.PathTrace;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Trace;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.models.Catalogue;
import io.kvasir.models.ModelStore;
import io.kvasir.postgres.PostgresExtension;
import io.kvasir.telemetry.MetricNames;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole server on a real PostgreSQL with a tiny decoder: documents in, evidence out. */
@ExtendWith(PostgresExtension.class)
final class ServerTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int STREAMS = 200;
  private static final int SILENT = 20;

  @TempDir static Path folder;
  private static Vertx vertx;
  private static Server server;

  @BeforeAll
  static void start(String databaseUrl) {
    ModelStore store = store();
    store.importFile(TinyGguf.write(folder, "llama"), "tiny", done -> {});
    Map<String, String> environment = new HashMap<>();
    environment.put("KVASIR_DATA_DIR", folder.toString());
    environment.put("KVASIR_HTTP_PORT", "0");
    environment.put("KVASIR_MODELS_DEFAULT", "tiny");
    environment.put("KVASIR_ENGINE_QUEUE", "256");
    environment.put("KVASIR_ENGINE_SLOTS", "4");
    environment.put("KVASIR_ENGINE_CONTEXT", "2048");
    environment.put("KVASIR_PROMPT_BUDGET", "600");
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setMaxEventLoopExecuteTime(200));
    server =
        PostgresExtension.await(
            Server.start(
                vertx, Settings.load(environment), databaseUrl, new StoredDecoders(store)));
    waitUntilReady();
    upload(
        "frogs.md", "# Frogs\n\nA frog of the pond sings at night.\n\n# Toads\n\nA toad is quiet.");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      PostgresExtension.await(server.stop());
    }
    PostgresExtension.await(vertx.close());
  }

  @Test
  void aQuestionIsAnsweredByEveryPathWithTheEvidenceOfEach() throws Exception {
    Trace trace = ask("Which frog sings at night?");

    assertThat(trace.status()).isEqualTo(Trace.Status.COMPLETE);
    assertThat(trace.paths()).hasSize(AnswerPath.values().length);
    for (PathTrace path : trace.paths()) {
      assertThat(path.tokens()).hasSize(12);
      for (PathTrace.TokenTrace token : path.tokens()) {
        double sum = 0;
        for (float mass : token.mass()) {
          sum += mass;
        }
        assertThat(sum).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-4));
      }
    }
    PathTrace.PassageTrace best = trace.paths().get(1).passages().get(0);
    assertThat(best.text()).contains("frog of the pond");
    assertThat(best.retrieved().rank()).isEqualTo(1);
    assertThat(best.attended().mass()).isPositive();
    assertThat(trace.paths().get(2).passages()).allMatch(passage -> passage.inPrompt() != null);
  }

  @Test
  void whatEachPassageWasWorthIsMeasuredAndKeptInTheTrace() throws Exception {
    String contrast = "/api/contrasts/" + ask("Which frog sings?").id();
    HttpResponse<InputStream> response =
        CLIENT.send(
            post(contrast + "/evidence", "{\"path\":\"attention\",\"masks\":8}"),
            BodyHandlers.ofInputStream());
    assertThat(read(response)).contains("event: progress", "\"status\":\"complete\"");
    PathTrace path = Json.MAPPER.readValue(get(contrast), Trace.class).paths().get(2);
    assertThat(path.evidence()).isNotNull();
    assertThat(path.evidence().tokens()).hasSize(12);
    assertThat(path.evidence().passages()).hasSize(path.passages().size());

    String attention =
        CLIENT
            .send(
                post(
                    contrast + "/attention",
                    "{\"path\":\"rag\",\"tokens\":[3],\"layer\":1,\"head\":2,\"positions\":true}"),
                BodyHandlers.ofString())
            .body();
    assertThat(Json.MAPPER.readTree(attention).at("/step/query/norm").asDouble()).isPositive();
  }

  @Test
  void everythingThatIsMeasuredIsExposedByPath() throws Exception {
    ask("Which frog sings at night?");

    String metrics = get("/metrics");

    for (java.lang.reflect.Field name : MetricNames.class.getFields()) {
      String value = (String) name.get(null);
      if (value.startsWith("kvasir_")) {
        assertThat(metrics).contains("# TYPE " + value + " ");
      }
    }
    for (String path : List.of("closed-book", "rag", "attention", "chat")) {
      assertThat(metrics).contains("kvasir_generation_tokens_total{path=\"" + path + "\"}");
    }
    assertThat(metrics)
        .contains("kvasir_num_requests_waiting{model_name=\"tiny\"} 0.0")
        .contains("finished_reason=\"length\",path=\"rag\"")
        .contains("kvasir_retrieval_time_seconds_count{stage=\"search\"}")
        .contains("method=\"POST\",route=\"/api/contrasts\",status=\"200\"")
        .doesNotContain("frog");
    assertThat(
            metrics
                .lines()
                .filter(
                    line -> line.startsWith("kvasir_time_to_first_token_seconds_count{path=\"rag"))
                .toList())
        .singleElement()
        .satisfies(line -> assertThat(line).doesNotEndWith(" 0"));
  }

  @Test
  void aServerOpenToANetworkStartsOnlyWithAKeyOrTheWordThatItNeedsNone(String databaseUrl) {
    Settings open =
        Settings.load(Map.of("KVASIR_DATA_DIR", folder.toString(), "KVASIR_HTTP_HOST", "0.0.0.0"));

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(
            () ->
                PostgresExtension.await(
                    Server.start(vertx, open, databaseUrl, new StoredDecoders(store()))))
        .withMessageContaining("./kvasir keys create")
        .withMessageContaining("http.keys=none");
    assertThat(keys("none").requiredAt("0.0.0.0")).isFalse();
    assertThat(keys("required").requiredAt("127.0.0.1")).isTrue();
    assertThat(keys("auto").requiredAt("192.168.1.5")).isTrue();
    assertThat(keys("auto").requiredAt("127.0.0.1")).isFalse();
  }

  private static Settings.Keys keys(String asked) {
    return new Settings.Keys(asked, Optional.empty(), 0, 0);
  }

  private static ModelStore store() {
    return new ModelStore(folder.resolve("models"), folder, new Catalogue(List.of()));
  }

  @Test
  void theSameQuestionAndSeedGiveTheSameTokensAlsoBesideOthers() throws Exception {
    List<String> alone = answers(ask("What is quiet?"));
    List<CompletableFuture<HttpResponse<InputStream>>> others = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      others.add(stream("other " + i, 40));
    }

    assertThat(answers(ask("What is quiet?"))).isEqualTo(alone);
    for (CompletableFuture<HttpResponse<InputStream>> other : others) {
      read(other.get());
    }
  }

  @Test
  void twoHundredStreamsWaitTheirTurnAndThoseThatNeverReadHoldNobodyUp() throws Exception {
    ask("warm up");
    try (BlockedLoops blocked = new BlockedLoops()) {
      List<Socket> silent = new ArrayList<>();
      for (int i = 0; i < SILENT; i++) {
        silent.add(silentReader("silent " + i));
      }
      List<CompletableFuture<HttpResponse<InputStream>>> streams = new ArrayList<>();
      for (int i = 0; i < STREAMS - SILENT; i++) {
        streams.add(stream("question " + i, 16));
      }
      for (CompletableFuture<HttpResponse<InputStream>> stream : streams) {
        assertThat(read(stream.get(120, TimeUnit.SECONDS))).endsWith("data: [DONE]\n\n");
      }
      for (Socket socket : silent) {
        socket.close();
      }
      assertThat(blocked.seen()).isEmpty();
    }
  }

  private static Trace ask(String question) throws Exception {
    String body =
        """
        {"question":"%s","collection":"pond","paths":["closed-book","rag","attention"],
         "sampling":{"maxTokens":12}}"""
            .formatted(question);
    HttpResponse<InputStream> response =
        CLIENT.send(post("/api/contrasts", body), BodyHandlers.ofInputStream());
    String events = read(response);
    assertThat(response.statusCode()).as(events).isEqualTo(200);
    assertThat(events).contains("event: ended");
    String location = response.headers().firstValue("location").orElseThrow();
    return Json.MAPPER.readValue(get(location), Trace.class);
  }

  private static List<String> answers(Trace trace) {
    return trace.paths().stream().map(PathTrace::answer).toList();
  }

  private static CompletableFuture<HttpResponse<InputStream>> stream(String text, int tokens) {
    return CLIENT.sendAsync(
        post("/v1/chat/completions", chat(text, tokens)), BodyHandlers.ofInputStream());
  }

  private static String chat(String text, int tokens) {
    return """
        {"model":"tiny","stream":true,"max_tokens":%d,
         "messages":[{"role":"user","content":"%s"}]}"""
        .formatted(tokens, text);
  }

  /** Sends a request for a long answer and never reads it. */
  private static Socket silentReader(String text) throws IOException {
    byte[] body = chat(text, 400).getBytes(StandardCharsets.UTF_8);
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1_024);
    socket.connect(
        new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), server.port()));
    String head =
        """
        POST /v1/chat/completions HTTP/1.1\r
        Host: 127.0.0.1:%d\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(server.port(), body.length);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().write(body);
    socket.getOutputStream().flush();
    return socket;
  }

  private static void upload(String name, String text) {
    String body =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%s\r\n--x--\r\n"
            .formatted(name, text);
    HttpRequest request =
        HttpRequest.newBuilder(uri("/api/collections/pond/documents"))
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

  private static void waitUntilReady() {
    until(() -> get("/api/health/ready").contains("up"));
  }

  private interface Check {
    boolean holds() throws IOException, InterruptedException;
  }

  private static void until(Check check) {
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

  private static String get(String path) throws IOException, InterruptedException {
    return CLIENT.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString()).body();
  }

  private static HttpRequest post(String path, String body) {
    return HttpRequest.newBuilder(uri(path))
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static String read(HttpResponse<InputStream> response) throws IOException {
    try (InputStream in = response.body()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** What Vert.x's checker of blocked threads says while it is open. */
  private static final class BlockedLoops extends Handler implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();

    BlockedLoops() {
      root.addHandler(this);
    }

    List<String> seen() {
      return List.copyOf(seen);
    }

    @Override
    public void publish(LogRecord record) {
      if (String.valueOf(record.getMessage()).contains("has been blocked")) {
        seen.add(record.getMessage() + " " + record.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      root.removeHandler(this);
    }
  }
}
