package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.core.Trace;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.json.Json;
import io.kvasir.models.Catalogue;
import io.kvasir.models.ModelStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, with a tiny decoder, on a free port. */
final class ServerProcess implements AutoCloseable {
  static final String LONG_QUESTION =
      """
      {"question":"Which frog sings at night?","paths":["closed-book"],
       "sampling":{"maxTokens":1000,"loopPenalty":0}}""";

  private static final String LISTENING = "listening on ";
  private static final int PATIENCE_SECONDS = 120;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final Path log;
  private final String address;

  private ServerProcess(Process process, Path log) throws Exception {
    this.process = process;
    this.log = log;
    this.address = listening();
  }

  /** Puts a tiny decoder into a data folder. */
  static void prepare(Path folder) {
    ModelStore store =
        new ModelStore(
            folder.resolve("models"), folder, new Catalogue(List.of(), Map.of(), List.of()));
    store.importFile(TinyGguf.write(folder, "llama"), "tiny", done -> {});
    neverEnd(store.prepare("tiny", done -> {}).resolve("manifest.json"));
  }

  /** An answer of this decoder is as long as it may be, whatever is asked. */
  private static void neverEnd(Path manifest) {
    try {
      ObjectNode written = (ObjectNode) Json.MAPPER.readTree(Files.readAllBytes(manifest));
      written.putArray("eosTokens");
      Files.write(manifest, Json.MAPPER.writeValueAsBytes(written));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a server over a prepared data folder and waits until it answers questions. */
  static ServerProcess start(
      Path folder, String databaseUrl, Map<String, String> settings, List<String> options)
      throws Exception {
    Path log = Files.createTempFile(folder, "server", ".log");
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dai.djl.offline=true",
                // it lives for seconds: the better code would come when it is over
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "io.kvasir.Main", "serve"));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    Map<String, String> environment = new HashMap<>();
    environment.put("KVASIR_DATA_DIR", folder.toString());
    environment.put("KVASIR_DATABASE_URL", databaseUrl);
    environment.put("KVASIR_HTTP_PORT", "0");
    environment.put("KVASIR_MODELS_DEFAULT", "tiny");
    environment.put("KVASIR_ENGINE_CONTEXT", "2048");
    environment.put("KVASIR_ENGINE_SLOTS", "1");
    environment.put("KVASIR_PROMPT_BUDGET", "600");
    environment.putAll(settings);
    builder.environment().remove("KVASIR_TEST_DATABASE_URL");
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      ServerProcess server = new ServerProcess(process, log);
      server.until("it is ready", () -> server.get("/api/health/ready").statusCode() == 200);
      return server;
    } catch (Exception | AssertionError e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Something that holds sooner or later. */
  interface Check {
    boolean holds() throws Exception;
  }

  /** Waits until something holds. */
  void until(String what, Check check) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!check.holds()) {
      assertThat(System.nanoTime()).as(what + "\n" + log()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private String listening() throws Exception {
    String[] found = {""};
    until(
        "it listens",
        () -> {
          Optional<String> said =
              wholeLines().lines().filter(line -> line.contains(LISTENING)).findFirst();
          said.ifPresent(
              line -> found[0] = line.replaceAll(".*" + LISTENING + "(http[^\"]*).*", "$1"));
          assertThat(said.isPresent() || process.isAlive()).as(log()).isTrue();
          return said.isPresent();
        });
    return found[0].replace("0.0.0.0", "127.0.0.1");
  }

  /** A line is written piece by piece: without its end it may lack a part of the port. */
  private String wholeLines() throws IOException {
    String said = log();
    return said.substring(0, said.lastIndexOf('\n') + 1);
  }

  /** Everything it said. */
  String log() throws IOException {
    return Files.readString(log);
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return CLIENT.send(request(path, body, headers), BodyHandlers.ofString());
  }

  Trace trace(String id) throws Exception {
    return Json.MAPPER.readValue(get("/api/contrasts/" + id).body(), Trace.class);
  }

  /** A contrast that runs, read up to its first token. */
  record Asked(String id, BufferedReader events) implements AutoCloseable {
    /** What the server still says, until it ends the stream. */
    String rest() {
      StringBuilder told = new StringBuilder();
      events.lines().forEach(line -> told.append(line).append('\n'));
      return told.toString();
    }

    @Override
    public void close() throws IOException {
      events.close();
    }
  }

  /** Asks, and reads until the first event of a type. */
  Asked ask(String body, String type) throws Exception {
    HttpResponse<java.io.InputStream> response =
        CLIENT.send(request("/api/contrasts", body), BodyHandlers.ofInputStream());
    String location =
        response
            .headers()
            .firstValue("location")
            .orElseThrow(() -> new AssertionError("status " + response.statusCode()));
    BufferedReader events =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    String line = events.readLine();
    while (line != null && !line.equals("event: " + type)) {
      line = events.readLine();
    }
    assertThat(line).as("an event %s\n%s", type, log()).isNotNull();
    return new Asked(location.substring(location.lastIndexOf('/') + 1), events);
  }

  private HttpRequest request(String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  /** Tells it to stop. */
  void terminate() {
    process.destroy();
  }

  /** Ends it in the middle of everything. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** How it ended, which it must do within a number of seconds. */
  int exit(int seconds) throws Exception {
    assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).as(log()).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
