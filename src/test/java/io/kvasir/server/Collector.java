package io.kvasir.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small OpenTelemetry collector: takes spans by OTLP over HTTP and keeps them. */
final class Collector implements AutoCloseable {
  private static final int TRACE_ID = 1;
  private static final int SPAN_ID = 2;
  private static final int PARENT = 4;
  private static final int NAME = 5;
  private static final int START = 7;
  private static final int END = 8;
  private static final int ATTRIBUTES = 9;
  private static final int LINKS = 13;

  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();

  /**
   * A span as it came. Times are nanoseconds since 1970, texts and numbers are attributes, links
   * are the ids of other spans.
   */
  record Span(
      String trace,
      String id,
      String parent,
      String name,
      long start,
      long end,
      Map<String, String> attributes,
      List<String> links) {}

  Collector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          try (exchange) {
            take(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
          }
        });
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Span> spans() {
    return List.copyOf(spans);
  }

  private void take(byte[] request) throws IOException {
    for (ByteString resource : messages(UnknownFieldSet.parseFrom(request), 1)) {
      for (ByteString scope : messages(UnknownFieldSet.parseFrom(resource), 2)) {
        for (ByteString span : messages(UnknownFieldSet.parseFrom(scope), 2)) {
          spans.add(span(UnknownFieldSet.parseFrom(span)));
        }
      }
    }
  }

  private static Span span(UnknownFieldSet span) throws InvalidProtocolBufferException {
    Map<String, String> attributes = new HashMap<>();
    for (ByteString each : messages(span, ATTRIBUTES)) {
      UnknownFieldSet pair = UnknownFieldSet.parseFrom(each);
      UnknownFieldSet value = UnknownFieldSet.parseFrom(messages(pair, 2).get(0));
      String text =
          value.hasField(3)
              ? value.getField(3).getVarintList().get(0).toString()
              : messages(value, value.hasField(1) ? 1 : 5).get(0).toStringUtf8();
      attributes.put(messages(pair, 1).get(0).toStringUtf8(), text);
    }
    List<String> links = new ArrayList<>();
    for (ByteString link : messages(span, LINKS)) {
      links.add(hex(UnknownFieldSet.parseFrom(link), SPAN_ID));
    }
    return new Span(
        hex(span, TRACE_ID),
        hex(span, SPAN_ID),
        hex(span, PARENT),
        messages(span, NAME).get(0).toStringUtf8(),
        span.getField(START).getFixed64List().get(0),
        span.getField(END).getFixed64List().get(0),
        attributes,
        links);
  }

  private static List<ByteString> messages(UnknownFieldSet set, int field) {
    return set.getField(field).getLengthDelimitedList();
  }

  private static String hex(UnknownFieldSet span, int field) {
    List<ByteString> bytes = messages(span, field);
    return bytes.isEmpty() ? "" : HexFormat.of().formatHex(bytes.get(0).toByteArray());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
