package io.kvasir.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Uploads as browsers write them. */
final class Uploads {
  private static final String BOUNDARY = "----kvasir";

  private Uploads() {}

  /** A part with a file. */
  static String file(String name, String content) {
    return part("name=\"file\"; filename=\"" + name + "\"", content);
  }

  /** A part with any disposition. */
  static String part(String disposition, String content) {
    return "--%s\r\ncontent-disposition: form-data; %s\r\n\r\n%s\r\n"
        .formatted(BOUNDARY, disposition, content);
  }

  /** A part with any disposition and type. */
  static String typed(String disposition, String type, String content) {
    return part(disposition + "\r\ncontent-type: " + type, content);
  }

  /** The body of such parts. */
  static String body(String... parts) {
    return String.join("", List.of(parts)) + "--" + BOUNDARY + "--\r\n";
  }

  static String contentType() {
    return "multipart/form-data; boundary=" + BOUNDARY;
  }

  /** A part with a field. */
  static String field(String name, String value) {
    return part("name=\"%s\"".formatted(name), value);
  }

  static HttpResponse<String> send(TestServer server, String collection, String... parts)
      throws Exception {
    return post(server, "/api/collections/" + collection + "/documents", parts);
  }

  static HttpResponse<String> post(TestServer server, String path, String... parts)
      throws Exception {
    return server.client.send(
        HttpRequest.newBuilder(URI.create(server.url(path)))
            .header("content-type", contentType())
            .POST(HttpRequest.BodyPublishers.ofString(body(parts)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
