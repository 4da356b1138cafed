package io.kvasir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.json.Json;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Requests whose end a proxy could see elsewhere: one 400, and nothing behind them is taken. */
final class FramingTest {
  private static final String SMUGGLED = "GET /api/models HTTP/1.1\r\nhost: localhost\r\n\r\n";
  private static final String HEAD =
      "POST /api/contrasts HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static DynamicTest refused(String what, String request) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          String answer = server.raw(request + SMUGGLED);
          assertThat(answer).as(what).containsPattern("^HTTP/1.[01] 400 ");
          assertThat(answer).contains("connection: close", "application/problem+json");
          assertThat(answer.split("HTTP/1.[01] \\d", -1)).as("one answer").hasSize(2);
          assertThat(answer).doesNotContainPattern("(?i)netty|vert\\.?x|java|exception");
          String content = answer.substring(answer.indexOf("\r\n\r\n") + 4);
          assertThat(Json.MAPPER.readTree(content).get("status").asInt()).isEqualTo(400);
        });
  }

  private static DynamicTest framed(String headers, String body) {
    return refused(headers.replace("\r\n", " | "), HEAD + headers + "\r\n\r\n" + body);
  }

  @TestFactory
  Stream<DynamicTest> bodiesOfTwoLengths() {
    String chunk = "2\r\n{}\r\n0\r\n\r\n";
    return Stream.of(
        framed("content-length: 2\r\ntransfer-encoding: chunked", chunk),
        framed("transfer-encoding: chunked\r\ncontent-length: 2", chunk),
        framed("transfer-encoding: chunked, identity", chunk),
        framed("transfer-encoding: identity, chunked", chunk),
        framed("transfer-encoding: gzip, chunked", chunk),
        framed("transfer-encoding: identity", "{}"),
        framed("transfer-encoding: xchunked", chunk),
        framed("transfer-encoding: chunked;q=1", chunk),
        framed("transfer-encoding:", chunk),
        framed("transfer-encoding: chunked\r\ntransfer-encoding: chunked", chunk),
        framed("transfer-encoding: chunked\r\ntransfer-encoding: identity", chunk),
        framed("content-length: 2\r\ncontent-length: 3", "{}"),
        framed("content-length: 2\r\ncontent-length: 2", "{}"),
        framed("content-length: 2, 2", "{}"),
        framed("content-length: +2", "{}"),
        framed("content-length: 0x2", "{}"),
        framed("content-length: 2;", "{}"),
        framed("content-length: 99999999999999999999", "{}"));
  }

  @TestFactory
  Stream<DynamicTest> headersReadInTwoWays() {
    String chunk = "2\r\n{}\r\n0\r\n\r\n";
    return Stream.of(
        framed("transfer-encoding : chunked", chunk),
        framed(" transfer-encoding: chunked", chunk),
        framed("transfer-encoding:\r\n chunked", chunk),
        framed("x: a\r\n\ttransfer-encoding: chunked", chunk),
        framed("content-length: 2\r\n 0", "{}"),
        framed("transfer-encoding: \u000bchunked", chunk),
        framed("transfer\u0000-encoding: chunked", chunk),
        framed("x: a\rtransfer-encoding: chunked", chunk),
        framed("x: a\ncontent-length: 2", "{}"),
        framed("content-length", "{}"),
        framed("sec-websocket-key1: 1\r\nsec-websocket-key2: 2\r\ncontent-length: 0", ""),
        refused("a fold behind empty lines", "\r\n\r\n" + HEAD + "x: a\r\n b\r\n\r\n"),
        refused(
            "a body by chunks in HTTP/1.0",
            HEAD.replace("1.1", "1.0") + "transfer-encoding: chunked\r\n\r\n" + chunk),
        refused("another version", "GET / HTTP/2.0\r\nhost: localhost\r\n\r\n"),
        refused("no version", "GET /\r\nhost: localhost\r\n\r\n"));
  }

  @TestFactory
  Stream<DynamicTest> chunksReadInTwoWays() {
    String chunked = "transfer-encoding: chunked";
    return Stream.of(
        framed(chunked, "2\n{}\r\n0\r\n\r\n"),
        framed(chunked, "2;x=y\n{}\r\n0\r\n\r\n"),
        framed(chunked, "2\r\n{}\n0\r\n\r\n"),
        framed(chunked, "2\r\n{}xx0\r\n\r\n"),
        framed(chunked, "0x2\r\n{}\r\n0\r\n\r\n"),
        framed(chunked, "-2\r\n{}\r\n0\r\n\r\n"),
        framed(chunked, "ffffffffff\r\n{}\r\n0\r\n\r\n"),
        framed(chunked, "nonsense\r\n"),
        framed(chunked, "2\r\n{}\r\n0\r\nx: a\n\r\n"));
  }

  @Test
  void aHeadThatComesInPiecesIsReadAlike() throws Exception {
    String head = HEAD + "x: a\r\n b\r\ncontent-length: 2\r\n\r\n{}";
    for (int cut = 1; cut < head.length(); cut += 7) {
      try (Socket socket = server.connect()) {
        socket.setTcpNoDelay(true);
        byte[] bytes = head.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream().write(bytes, 0, cut);
        socket.getOutputStream().flush();
        Thread.sleep(5);
        socket.getOutputStream().write(bytes, cut, bytes.length - cut);
        socket.getOutputStream().flush();
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).as("cut at %d", cut).startsWith("HTTP/1.");
        assertThat(answer.substring(9)).as("cut at %d", cut).startsWith("400 ");
      }
    }
  }

  @Test
  void whatIsWellFramedIsTakenStillAndAfterIt() throws Exception {
    String chunked =
        HEAD + "Transfer-Encoding: Chunked\r\n\r\n2;a=b\r\n{}\r\n0\r\nx-trailer: a\r\n\r\n";
    String measured = HEAD + "content-length: 2\r\n\r\n{}";
    String last = "GET /api/health/live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    String answers = server.raw(chunked + measured + "\r\n" + last);
    assertThat(answers.split("'question' is missing", -1)).as("both bodies were read").hasSize(3);
    assertThat(answers).contains("HTTP/1.1 200 ");
  }

  @Test
  void underV1TheShapeIsThatOfOpenAi() throws Exception {
    String head = HEAD.replace("/api/contrasts", "/v1/chat/completions");
    for (String broken :
        new String[] {
          head + "transfer-encoding: chunked, identity\r\n\r\n",
          head + "transfer-encoding: chunked\r\n\r\n2\n{}\r\n"
        }) {
      String answer = server.raw(broken);
      String content = answer.substring(answer.indexOf("\r\n\r\n") + 4);
      assertThat(answer).containsPattern("^HTTP/1.[01] 400 ");
      assertThat(Json.MAPPER.readTree(content).get("error").fieldNames())
          .toIterable()
          .containsExactly("message", "type", "param", "code");
    }
  }
}
