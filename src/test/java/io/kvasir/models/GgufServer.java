package io.kvasir.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A publisher's server for tests: it resumes, breaks off after some bytes, or answers an error. */
final class GgufServer implements AutoCloseable {
  private final HttpServer server;
  private final byte[] content;
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private volatile int status;
  private volatile int breakAfter = Integer.MAX_VALUE;
  private volatile int stallAfter = Integer.MAX_VALUE;
  private volatile boolean resumes = true;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  GgufServer(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/model.gguf", this::answer);
    server.setExecutor(threads);
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

  /** After that many bytes of an answer nothing comes any more, and the connection stays. */
  void stallAfter(int bytes) {
    stallAfter = bytes;
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
      String[] wanted =
          part ? range.substring("bytes=".length()).split("-", -1) : new String[] {"0", ""};
      int begin = Integer.parseInt(wanted[0]);
      int end = wanted[1].isEmpty() ? content.length - 1 : Integer.parseInt(wanted[1]);
      if (part) {
        exchange
            .getResponseHeaders()
            .set("Content-Range", "bytes %d-%d/%d".formatted(begin, end, content.length));
      }
      int length = end + 1 - begin;
      exchange.sendResponseHeaders(part ? 206 : 200, length);
      int sent = Math.min(length, Math.min(breakAfter, stallAfter));
      exchange.getResponseBody().write(content, begin, sent);
      exchange.getResponseBody().flush();
      if (sent == stallAfter) {
        new CountDownLatch(1).await();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
