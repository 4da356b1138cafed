package io.kvasir.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.core.ProblemException;
import java.io.IOException;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a running server's event loop bears many answers that stream: how late it is by its own word,
 * how long a client waits for a health check meanwhile, and what writing a token to its reader
 * costs. A check does nothing but answer, but a client beside the server waits for the processor
 * too, so the check is shown and the loop is judged.
 */
final class EngineStreams {
  /** Answers that stream at the same time, or wait for their turn. */
  static final int STREAMS = 50;

  private static final int TOKENS = 48;

  /** An answer that streams alone; beats and health checks must be little beside it. */
  private static final int TOKENS_ALONE = 256;

  private static final long BETWEEN_MILLIS = 5;
  private static final long BEAT_MILLIS = 40;
  private static final String PIECE = "\"content\":";

  /**
   * What a load found.
   *
   * @param checks milliseconds of every health check
   * @param loop the server's event loop meanwhile
   */
  record Load(List<Double> checks, EngineLoop loop) {}

  /**
   * What an answer that streamed alone cost.
   *
   * @param loopMillis the event loop's work for each piece of it
   * @param stepMillis between two pieces, as the reader saw them
   */
  record Alone(double loopMillis, double stepMillis) {}

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

  /** Streams many answers and looks at the event loop meanwhile. Blocks. */
  Load load() {
    checkSeconds();
    EngineLoop before = loop();
    return new Load(checks(), loop().since(before));
  }

  /** Streams one answer, with nobody else there. Blocks. */
  Alone alone() {
    EngineLoop before = loop();
    List<Long> pieces = stream(0, TOKENS_ALONE);
    double worked = loop().since(before).worked();
    int steps = pieces.size() - 1;
    if (steps < 1) {
      throw refused("the answer had no two pieces");
    }
    return new Alone(
        1e3 * worked / pieces.size(), (pieces.get(steps) - pieces.get(0)) / 1e6 / steps);
  }

  private EngineLoop loop() {
    try {
      // What the loop did since its last beat is in the next one.
      Thread.sleep(BEAT_MILLIS);
      HttpResponse<String> metrics =
          client.send(request("/metrics").build(), HttpResponse.BodyHandlers.ofString());
      if (metrics.statusCode() != 200) {
        throw refused(metrics.statusCode() + " " + metrics.body());
      }
      return EngineLoop.of(metrics.body());
    } catch (IOException e) {
      throw refused(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused("interrupted");
    }
  }

  private List<Double> checks() {
    ExecutorService readers = Executors.newFixedThreadPool(STREAMS);
    try {
      List<CompletableFuture<?>> streams = new ArrayList<>();
      for (int stream = 0; stream < STREAMS; stream++) {
        int number = stream;
        streams.add(CompletableFuture.supplyAsync(() -> stream(number, TOKENS), readers));
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

  /** When each piece of an answer came. */
  private List<Long> stream(int number, int tokens) {
    Map<String, Object> body =
        Map.of(
            "model",
            model,
            "stream",
            true,
            "max_tokens",
            tokens,
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
      HttpResponse<Stream<String>> response =
          client.send(request, HttpResponse.BodyHandlers.ofLines());
      try (Stream<String> lines = response.body()) {
        if (response.statusCode() != 200) {
          throw refused(response.statusCode() + " " + lines.collect(Collectors.joining(" ")));
        }
        return lines.filter(line -> line.contains(PIECE)).map(line -> System.nanoTime()).toList();
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
