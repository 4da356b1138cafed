package io.kvasir.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that answers as told and remembers what it was asked. */
final class FakeServer implements AutoCloseable {
  /** What was asked: method and path, and the body. */
  record Asked(String line, String body) {}

  private record Reply(int status, String type, String body) {}

  private final HttpServer server;
  private final Map<String, Deque<Reply>> replies = new LinkedHashMap<>();
  final List<Asked> asked = new CopyOnWriteArrayList<>();

  FakeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(new Asked(line, body));
          Reply reply = next(line);
          byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("content-type", reply.type());
          exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  FakeServer answers(String line, int status, String type, String body) {
    replies.put(line, new ConcurrentLinkedDeque<>(List.of(new Reply(status, type, body))));
    return this;
  }

  /** Answers with JSON, the first time with the first of these, and so on; then with the last. */
  FakeServer answersInTurn(String line, List<String> bodies) {
    replies.put(
        line,
        new ConcurrentLinkedDeque<>(
            bodies.stream().map(body -> new Reply(200, "application/json", body)).toList()));
    return this;
  }

  private Reply next(String line) {
    Deque<Reply> left = replies.get(line);
    if (left == null) {
      return new Reply(404, "application/problem+json", "{\"detail\":\"no such\"}");
    }
    return left.size() > 1 ? left.remove() : left.element();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  String bodyOf(String line) {
    return asked.stream().filter(one -> one.line().equals(line)).findFirst().orElseThrow().body();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
