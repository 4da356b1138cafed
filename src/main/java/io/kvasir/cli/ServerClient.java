package io.kvasir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.ProblemException;
import io.kvasir.json.Json;
import io.kvasir.keys.KeyOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Speaks with the running server; its problems come back as {@link ProblemException}. */
final class ServerClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final URI address;
  private final Optional<String> key;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  private ServerClient(URI address, Optional<String> key) {
    this.address = address;
    this.key = key;
  }

  /** A client of the server that {@code --server} or the settings name, with the key of those. */
  static ServerClient of(Arguments arguments, Terminal terminal) {
    return new ServerClient(
        ServerAddress.of(arguments.value(ServerAddress.OPTION.name()), terminal),
        terminal.settings().optional(KeyOptions.KEY));
  }

  /** A part of a path, escaped. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Reads a resource. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return json(send(request(path).GET().build()));
  }

  /** Reads a resource that is not JSON. */
  String text(String path) throws IOException, InterruptedException {
    return text(send(request(path).GET().build()));
  }

  /** Sends a command; what comes back may be nothing. */
  JsonNode post(String path, BodyPublisher body, String type)
      throws IOException, InterruptedException {
    return json(send(request(path).header("content-type", type).POST(body).build()));
  }

  /** Switches something on that needs no words. */
  void put(String path) throws IOException, InterruptedException {
    text(send(request(path).PUT(BodyPublishers.noBody()).build()));
  }

  /** Replaces a resource. */
  JsonNode put(String path, JsonNode body) throws IOException, InterruptedException {
    return json(
        send(
            request(path)
                .header("content-type", "application/json")
                .PUT(BodyPublishers.ofString(body.toString()))
                .build()));
  }

  /** Sends a command without a body. */
  JsonNode post(String path) throws IOException, InterruptedException {
    return json(send(request(path).POST(BodyPublishers.noBody()).build()));
  }

  /** Deletes a resource. */
  void delete(String path) throws IOException, InterruptedException {
    text(send(request(path).DELETE().build()));
  }

  /** Posts JSON and gives back the stream of events that answers it; to be closed. */
  EventReader events(String path, JsonNode body) throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("content-type", "application/json")
            .header("accept", "text/event-stream")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    InputStream stream = send(request).body();
    return new EventReader(
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
    key.ifPresent(secret -> request.header("authorization", "Bearer " + secret));
    return request;
  }

  private HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response;
    try {
      response = client.send(request, BodyHandlers.ofInputStream());
    } catch (ConnectException e) {
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE,
          "no server answers at %s; start it with: kvasir up".formatted(address),
          e);
    }
    if (response.statusCode() >= 400) {
      throw problem(response);
    }
    return response;
  }

  private static ProblemException problem(HttpResponse<InputStream> response) throws IOException {
    ProblemException.Kind kind =
        switch (response.statusCode()) {
          case 404 -> ProblemException.Kind.NOT_FOUND;
          case 409 -> ProblemException.Kind.CONFLICT;
          case 413 -> ProblemException.Kind.TOO_LARGE;
          case 429 -> ProblemException.Kind.BUSY;
          case 503 -> ProblemException.Kind.UNAVAILABLE;
          default ->
              response.statusCode() < 500
                  ? ProblemException.Kind.INVALID
                  : ProblemException.Kind.INTERNAL;
        };
    String text = text(response);
    if (response.statusCode() == 401) {
      return new ProblemException(
          kind, "%s Set it as http.key, or as KVASIR_HTTP_KEY.".formatted(detail(text)));
    }
    return new ProblemException(
        kind, "%s (HTTP %d)".formatted(detail(text), response.statusCode()));
  }

  private static String detail(String text) {
    try {
      JsonNode problem = Json.MAPPER.readTree(text);
      String detail = problem.path("detail").asText(problem.path("title").asText());
      return detail.isEmpty() ? "the server refused without a reason" : detail;
    } catch (JsonProcessingException e) {
      return "the server refused, and not in JSON: " + text.lines().findFirst().orElse("");
    }
  }

  private static JsonNode json(HttpResponse<InputStream> response) throws IOException {
    String text = text(response);
    return text.isEmpty() ? Json.MAPPER.missingNode() : Json.MAPPER.readTree(text);
  }

  private static String text(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = response.body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
