package io.kvasir.cli;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Files as the body of a multipart/form-data request; they are read while they are sent. */
final class Upload {
  private static final String LINE = "\r\n";

  private final String boundary = "kvasir-" + UUID.randomUUID();
  private final List<BodyPublisher> parts = new ArrayList<>();

  /** The value of the request's content-type. */
  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  /** Adds a field with a text. */
  void field(String name, String value) {
    text("--" + boundary + LINE);
    text("content-disposition: form-data; name=\"%s\"".formatted(name) + LINE + LINE);
    text(value + LINE);
  }

  /**
   * Adds a file under the name that its document will have. The name has a field of its own: the
   * header, written as browsers write it, cannot tell a quote from {@code %22}.
   */
  void file(String name, Path file) throws FileNotFoundException {
    field("name", name);
    String escaped = name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    text("--" + boundary + LINE);
    text(
        "content-disposition: form-data; name=\"file\"; filename=\"%s\"".formatted(escaped) + LINE);
    text("content-type: application/octet-stream" + LINE + LINE);
    parts.add(BodyPublishers.ofFile(file));
    text(LINE);
  }

  /** The whole body. */
  BodyPublisher body() {
    List<BodyPublisher> all = new ArrayList<>(parts);
    all.add(BodyPublishers.ofString("--" + boundary + "--" + LINE));
    return BodyPublishers.concat(all.toArray(BodyPublisher[]::new));
  }

  private void text(String text) {
    parts.add(BodyPublishers.ofString(text));
  }
}
