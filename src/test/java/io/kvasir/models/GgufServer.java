package io.kvasir.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A publisher's server for tests: it resumes, breaks off after some bytes, or answers an error. */
final class GgufServer implements AutoCloseable {
  private final HttpServer server;
  private final byte[] content;
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private volatile int status;
  private volatile int breakAfter = Integer.MAX_VALUE;
  private volatile boolean resumes = true;

  GgufServer(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/model.gguf", this::answer);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/model.gguf";
  }

  /** Every answer is this error. */
  void failWith(int error) {
    status = error;
  }

  /** No answer has more than that many bytes, then the connection ends. */
  void breakAfter(int bytes) {
    breakAfter = bytes;
  }

  /** Every answer is the whole file. */
  void neverResume() {
    resumes = false;
  }

  /** The Range header of each request, "" for none. */
  List<String> ranges() {
    return List.copyOf(ranges);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String range = exchange.getRequestHeaders().getFirst("Range");
      ranges.add(range == null ? "" : range);
      if (status > 0) {
        exchange.sendResponseHeaders(status, -1);
        return;
      }
      boolean part = range != null && resumes;
      int begin = part ? Integer.parseInt(range.replaceAll("[^0-9]", "")) : 0;
      if (part) {
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range",
                "bytes %d-%d/%d".formatted(begin, content.length - 1, content.length));
      }
      int length = content.length - begin;
      exchange.sendResponseHeaders(part ? 206 : 200, length);
      exchange.getResponseBody().write(content, begin, Math.min(length, breakAfter));
      exchange.getResponseBody().flush();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
