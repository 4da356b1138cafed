package io.kvasir;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.gguf.TinyGguf;
import io.kvasir.models.Catalogue;
import io.kvasir.models.ModelStore;
import io.kvasir.postgres.PostgresExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server in a process of its own, told to stop in the middle of an answer. */
@ExtendWith(PostgresExtension.class)
final class StopSignalTest {
  private static final int START_SECONDS = 120;
  private static final int STOP_SECONDS = 30;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void anAnswerThatRunsIsBrokenOffInWordsAndTheProcessEndsInOrder(String databaseUrl)
      throws Exception {
    ModelStore store = new ModelStore(folder.resolve("models"), folder, new Catalogue(List.of()));
    store.importFile(TinyGguf.write(folder, "llama"), "tiny", done -> {});
    Path log = folder.resolve("server.log");
    Process process = start(databaseUrl, log);
    try {
      String address = address(process, log);
      waitUntilReady(address, log);
      StringBuilder told = new StringBuilder();
      try (BufferedReader events = ask(address)) {
        String line = events.readLine();
        while (line != null && !line.equals("event: token")) {
          line = events.readLine();
        }
        assertThat(line).as("a token before the stop").isNotNull();

        process.destroy();

        events.lines().forEach(each -> told.append(each).append('\n'));
      }
      assertThat(process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
      assertThat(told.toString()).containsAnyOf("event: ended", "Kvasir is shutting down");
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(String databaseUrl, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                "io.kvasir.Main",
                "serve")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "KVASIR_DATA_DIR", folder.toString(),
                "KVASIR_DATABASE_URL", databaseUrl,
                "KVASIR_HTTP_PORT", "0",
                "KVASIR_MODELS_DEFAULT", "tiny",
                "KVASIR_ENGINE_CONTEXT", "2048",
                "KVASIR_PROMPT_BUDGET", "600"));
    builder.environment().remove("KVASIR_TEST_DATABASE_URL");
    return builder.start();
  }

  private static String address(Process process, Path log) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      Optional<String> said =
          Files.readAllLines(log).stream()
              .filter(line -> line.startsWith("listening on "))
              .findFirst();
      if (said.isPresent()) {
        return said.get().substring("listening on ".length());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError("the server did not start: " + Files.readString(log));
  }

  private static void waitUntilReady(String address, Path log) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/health/ready")).build();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (CLIENT.send(request, BodyHandlers.discarding()).statusCode() != 200) {
      assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static BufferedReader ask(String address) throws Exception {
    String body =
        """
        {"question":"Which frog sings at night?","paths":["closed-book"],
         "sampling":{"maxTokens":1000}}""";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/api/contrasts"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return new BufferedReader(
        new InputStreamReader(
            CLIENT.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
  }
}
