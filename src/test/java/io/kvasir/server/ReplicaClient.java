package io.kvasir.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One client of a server or of the proxy before several. */
final class ReplicaClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final String name;

  /**
   * A client.
   *
   * @param port of a server or a proxy on loopback
   * @param name in the cookie by which a proxy keeps it with one server
   */
  ReplicaClient(int port, String name) {
    this.port = port;
    this.name = name;
  }

  /** A contrast as a client saw it: its id, the events told, how long the first one took. */
  record Answer(String id, String events, Duration firstEvent) {
    /** Whether it came to its end in order. */
    boolean ended() {
      return events.contains("event: ended");
    }

    /** Whether the server said that it breaks off. */
    boolean brokenOffInWords() {
      return events.contains("event: problem");
    }
  }

  /**
   * Asks closed-book and reads the whole answer.
   *
   * @throws IOException if the request is refused or the connection breaks
   */
  Answer ask(String question, int tokens) throws IOException, InterruptedException {
    return ask(
        """
        {"question":"%s","paths":["closed-book"],"sampling":{"maxTokens":%d}}"""
            .formatted(question, tokens));
  }

  /** Asks over a collection. */
  Answer askOf(String collection, String question) throws IOException, InterruptedException {
    return ask(
        """
        {"question":"%s","collection":"%s","paths":["rag"],"sampling":{"maxTokens":8}}"""
            .formatted(question, collection));
  }

  private Answer ask(String body) throws IOException, InterruptedException {
    long began = System.nanoTime();
    HttpResponse<java.io.InputStream> response =
        HTTP.send(
            request("/api/contrasts")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      StringBuilder told = new StringBuilder();
      Duration first = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (first == null) {
          first = Duration.ofNanos(System.nanoTime() - began);
        }
        told.append(line).append('\n');
      }
      String location = response.headers().firstValue("location").orElse("");
      if (response.statusCode() != 200 || first == null) {
        throw new IOException("status " + response.statusCode() + ": " + told);
      }
      return new Answer(location.substring(location.lastIndexOf('/') + 1), told.toString(), first);
    }
  }

  /** Uploads one document; the id of the job that takes it in. */
  String upload(String collection, String file, String text)
      throws IOException, InterruptedException {
    String body =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%s\r\n--x--\r\n"
            .formatted(file, text);
    HttpResponse<String> response =
        HTTP.send(
            request("/api/collections/" + collection + "/documents")
                .header("content-type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (response.statusCode() != 202) {
      throw new IOException("status " + response.statusCode() + ": " + response.body());
    }
    return Json.MAPPER.readTree(response.body()).path("id").asText();
  }

  /** What a GET answers, as it is. */
  String text(String path) throws IOException, InterruptedException {
    return HTTP.send(request(path).GET().build(), BodyHandlers.ofString()).body();
  }

  /** What a GET answers; missing where there is nothing. */
  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = HTTP.send(request(path).GET().build(), BodyHandlers.ofString());
    return response.statusCode() == 404
        ? com.fasterxml.jackson.databind.node.MissingNode.getInstance()
        : Json.MAPPER.readTree(response.body());
  }

  /** The status of a DELETE. */
  int delete(String path) throws IOException, InterruptedException {
    return HTTP.send(request(path).DELETE().build(), BodyHandlers.discarding()).statusCode();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofMinutes(2))
        .header("cookie", Nginx.COOKIE + "=" + name);
  }
}
