package io.kvasir.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How long a running server's event loop leaves others waiting while many answers stream: the
 * slowest of the health checks that are asked for all the time meanwhile. A check does nothing but
 * answer, so what it takes is what stood before it.
 */
final class EngineStreams {
  /** Answers that stream at the same time, or wait for their turn. */
  static final int STREAMS = 50;

  private static final int TOKENS = 48;
  private static final long BETWEEN_MILLIS = 5;

  private final URI server;
  private final String model;
  private final String key;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * A load on a server.
   *
   * @param server its address
   * @param model what answers
   * @param key that it asks for; empty if none
   */
  EngineStreams(URI server, String model, String key) {
    this.server = server;
    this.model = model;
    this.key = key;
  }

  /** Milliseconds of every health check while the streams last. Blocks. */
  List<Double> checks() {
    checkSeconds();
    ExecutorService readers = Executors.newFixedThreadPool(STREAMS);
    try {
      List<CompletableFuture<Void>> streams = new ArrayList<>();
      for (int stream = 0; stream < STREAMS; stream++) {
        int number = stream;
        streams.add(CompletableFuture.runAsync(() -> stream(number), readers));
      }
      CompletableFuture<Void> all =
          CompletableFuture.allOf(streams.toArray(CompletableFuture<?>[]::new));
      List<Double> checks = new ArrayList<>();
      while (!all.isDone()) {
        checks.add(1e3 * checkSeconds());
        Thread.sleep(BETWEEN_MILLIS);
      }
      all.join();
      return checks;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemException.Kind.UNAVAILABLE, "interrupted", e);
    } finally {
      readers.shutdownNow();
    }
  }

  private void stream(int number) {
    Map<String, Object> body =
        Map.of(
            "model",
            model,
            "stream",
            true,
            "max_tokens",
            TOKENS,
            "messages",
            List.of(
                Map.of("role", "user", "content", "Tell me a long story about ship " + number)));
    try {
      HttpRequest request =
          request("/v1/chat/completions")
              .header("content-type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofByteArray(
                      new ObjectMapper().writeValueAsBytes(body)))
              .build();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream stream = response.body()) {
        String text = new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (response.statusCode() != 200) {
          throw refused(response.statusCode() + " " + text);
        }
      }
    } catch (IOException e) {
      throw refused(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused("interrupted");
    }
  }

  private double checkSeconds() {
    HttpRequest request = request("/api/health/live").build();
    long begin = System.nanoTime();
    try {
      client.send(request, HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      throw refused(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused("interrupted");
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
    return key.isEmpty() ? request : request.header("authorization", "Bearer " + key);
  }

  private ProblemException refused(String why) {
    return new ProblemException(
        ProblemException.Kind.UNAVAILABLE,
        "%s did not answer %d streams of %s: %s".formatted(server, STREAMS, model, why));
  }
}
