package io.kvasir.http;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Requests that nobody should send: each gets its status and words, and the server goes on. */
final class HostileRequestsTest {
  private static final String ASK = "POST /api/contrasts";
  private static final String CHAT = "POST /v1/chat/completions";

  private static TestServer server;
  private static HostileRequest send;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
    send = new HostileRequest(server);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static String asking(String fields) {
    return "{\"question\":\"Which?\",\"paths\":[\"closed-book\"]" + fields + "}";
  }

  private static String chatting(String fields) {
    return "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
        + fields
        + "}";
  }

  @TestFactory
  Stream<DynamicTest> bodies() {
    return Stream.of(
        send.json(400, "body is empty", ASK, ""),
        send.json(400, "not JSON", ASK, "{\"question\":"),
        send.json(400, "not JSON", ASK, "{'question':'a'}"),
        send.json(400, "not JSON", ASK, "{\"question\":\"a\"} {}"),
        send.json(400, "Duplicate field", ASK, "{\"question\":\"a\",\"question\":\"b\"}"),
        send.json(400, "nesting depth", ASK, "[".repeat(100_000)),
        send.json(400, "must be a JSON object", ASK, "[]"),
        send.json(400, "must be a JSON object", ASK, "null"),
        send.json(400, "U+0000", ASK, asking("").replace("Which?", "a\\u0000b")),
        send.json(400, "U+D800", ASK, asking("").replace("Which?", "a\\ud800b")),
        send.json(
            413, "http.max-body-bytes", ASK, asking("").replace("Which?", "a".repeat(1 << 20))),
        send.json(
            413,
            "the limit is 4000 (contrast.max-question-characters)",
            ASK,
            asking("").replace("Which?", "a".repeat(4_001))),
        send.request(415, "content-type", ASK, "content-type: text/plain", asking("")),
        send.request(415, "content-type", ASK, "", asking("")),
        send.request(
            415, "UTF-8", ASK, "content-type: application/json; charset=latin1", asking("")),
        send.request(
            415,
            "multipart/form-data",
            "POST /api/collections/faq/documents",
            "content-type: application/json",
            "{}"));
  }

  @TestFactory
  Stream<DynamicTest> fields() {
    return Stream.of(
        send.json(400, "'question' is missing", ASK, "{\"paths\":[\"rag\"]}"),
        send.json(400, "'question' is empty", ASK, asking("").replace("Which?", " \\n ")),
        send.json(400, "'question' must be a text", ASK, asking("").replace("\"Which?\"", "7")),
        send.json(400, "must name at least one of", ASK, "{\"question\":\"a\"}"),
        send.json(400, "no path 'ragg'", ASK, asking("").replace("closed-book", "ragg")),
        send.json(
            400,
            "no style 'long'; there are: short, answer, full",
            ASK,
            asking(",\"style\":\"long\"")),
        send.json(400, "named twice", ASK, asking("").replace("[", "[\"closed-book\",")),
        send.json(400, "need a collection", ASK, asking("").replace("closed-book", "rag")),
        send.json(400, "did you mean 'sampling'?", ASK, asking(",\"samplin\":{}")),
        send.json(
            400,
            "did you mean 'sampling.maxTokens'?",
            ASK,
            asking(",\"sampling\":{\"max_tokens\":1}")),
        send.json(400, "it can be 0 to 2", ASK, asking(",\"sampling\":{\"temperature\":2.1}")),
        send.json(400, "must be a number", ASK, asking(",\"sampling\":{\"temperature\":\"hot\"}")),
        send.json(400, "it can be 1 to 1024", ASK, asking(",\"sampling\":{\"maxTokens\":1025}")),
        send.json(400, "must be a whole number", ASK, asking(",\"sampling\":{\"seed\":1.5}")),
        send.json(
            400, "it can be", ASK, asking(",\"sampling\":{\"seed\":1" + "0".repeat(400) + "}")),
        send.json(400, "stop", ASK, asking(",\"sampling\":{\"stop\":[\"\"]}")),
        send.json(
            400, "it can have 8", ASK, asking(",\"sampling\":{\"stop\":[1,2,3,4,5,6,7,8,9]}")),
        send.json(400, "must be an object", ASK, asking(",\"sampling\":[]")),
        send.json(400, "'scope[0]' must be a text", ASK, asking(",\"scope\":[7]")),
        send.json(400, "must be an array", ASK, asking(",\"scope\":\"a\"")),
        send.json(400, "it can be 1 to 50", ASK, asking(",\"k\":0")),
        send.json(
            400,
            "lower case letters",
            "POST /api/collections",
            "{\"name\":\"../x\",\"language\":\"en\"}"),
        send.json(
            400,
            "There are: tiny-encoder",
            "POST /api/collections",
            "{\"name\":\"x\",\"language\":\"en\",\"encoder\":\"other\"}"),
        send.json(
            400,
            "There are: tiny-encoder",
            "POST /api/collections/faq/encode",
            "{\"encoder\":\"other\"}"),
        send.json(
            409, "already", "POST /api/collections", "{\"name\":\"faq\",\"language\":\"en\"}"),
        send.json(400, "must be an array", "PUT /api/collections/faq/examples", "{}"));
  }

  @TestFactory
  Stream<DynamicTest> paths() {
    return Stream.of(
        send.request(404, "nothing at", "GET /api/nothing", "", ""),
        send.request(404, "nothing at", "GET /../../etc/passwd", "", ""),
        send.request(404, "nothing at", "GET /%2e%2e/%2e%2e/etc/passwd", "", ""),
        send.request(404, "nothing at", "GET /assets/..%2f..%2fapplication.properties", "", ""),
        send.request(404, "no document", "GET /api/documents/x", "", ""),
        send.request(404, "no document", "GET /api/documents/99999999999999999999", "", ""),
        send.request(404, "no contrast", "GET /api/contrasts/1;drop", "", ""),
        send.request(404, "no job", "GET /api/jobs/none", "", ""),
        send.request(404, "did you mean \\\"tiny\\\"?", "POST /api/models/tini/load", "", ""),
        send.request(409, "would not fit", "POST /api/models/big/load", "", ""),
        send.request(405, "GET, POST", "PUT /api/contrasts", "", ""),
        send.request(405, "allow: GET", "POST /api/health/live", "", ""),
        send.request(404, "nothing at", "POST /api/nothing", "", ""),
        send.request(404, "nothing at", "DELETE /nothing", "", ""),
        send.request(405, "allow: GET, HEAD", "POST /", "", ""),
        send.request(400, "did you mean 'limit'?", "GET /api/contrasts?limmit=5", "", ""),
        send.request(400, "from 1 to 200", "GET /api/contrasts?limit=-5", "", ""),
        send.request(400, "repeated", "GET /api/contrasts?limit=5&limit=6", "", ""),
        send.request(400, "a time like", "GET /api/contrasts?before=yesterday", "", ""),
        send.request(
            400,
            "Last-Event-ID",
            "GET /api/contrasts/00000000-0000-0000-0000-000000000000/events",
            "last-event-id: x",
            ""));
  }

  @TestFactory
  Stream<DynamicTest> targetsThatCannotBeRead() {
    return Stream.of("/", "/api/collections/", "/api/documents/", "/api/jobs/", "/v1/models/")
        .flatMap(
            path ->
                Stream.of(
                    send.request(400, "percent sign", "GET " + path + "%", "", ""),
                    send.request(400, "percent sign", "GET " + path + "a%2", "", ""),
                    send.request(400, "percent sign", "GET " + path + "%zz/x", "", ""),
                    send.request(400, "percent sign", "DELETE " + path + "%%", "", ""),
                    send.request(400, "U+0000", "GET " + path + "a%00b", "", ""),
                    send.request(400, "not UTF-8", "GET " + path + "%ff", "", ""),
                    send.request(400, "not UTF-8", "GET " + path + "%ed%a0%80", "", ""),
                    send.request(400, "U+0000", "GET " + path + "?search=%00", "", ""),
                    send.request(400, "percent sign", "GET " + path + "?%=1", "", "")));
  }

  @TestFactory
  Stream<DynamicTest> timesThatNoCalendarHas() {
    return Stream.of(
            "%2B1000000000-12-31T23:59:59.999999999Z",
            "-1000000000-01-01T00:00:00Z",
            "%2B294277-01-01T00:00:00Z",
            "-4714-01-01T00:00:00Z",
            "0000-12-31T00:00:00Z",
            "99999-01-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "")
        .map(time -> send.request(400, "a time like", "GET /api/contrasts?before=" + time, "", ""));
  }

  @TestFactory
  Stream<DynamicTest> websites() {
    String ask = asking("");
    String type = "content-type: application/json\r\n";
    return Stream.of(
        send.request(403, "http.allowed-hosts", "GET /api/models", "host: evil.example", ""),
        send.request(403, "http.allowed-hosts", "GET /", "host: evil.example:80", ""),
        send.request(
            403, "http.allowed-hosts", "GET /api/models", "host: localhost.evil.example", ""),
        send.request(403, "http.allowed-hosts", "GET /api/models", "host: 10.0.0.1:8080", ""),
        send.request(403, "http.allowed-hosts", "GET /v1/models", "host: evil.example", ""),
        send.request(403, "Pages of", ASK, type + "origin: http://evil.example", ask),
        send.request(403, "Pages of", ASK, type + "origin: null", ask),
        send.request(403, "Pages of", ASK, type + "origin: http://localhost:1", ask),
        send.request(403, "Pages of", CHAT, type + "origin: http://evil.example", chatting("")),
        send.request(
            403, "Pages of", "GET /api/models", "origin: http://localhost.evil.example", ""),
        send.request(403, "Pages of", "OPTIONS /api/contrasts", "origin: http://evil.example", ""),
        send.request(403, "other sites", "GET /api/models", "sec-fetch-site: cross-site", ""),
        send.request(
            403,
            "other sites",
            "GET /",
            "sec-fetch-site: cross-site\r\nsec-fetch-mode: navigate\r\nsec-fetch-dest: iframe",
            ""),
        send.request(200, "models", "GET /api/models", "host: kvasir.example", ""),
        send.request(200, "models", "GET /api/models", "host: [::1]:9000", ""),
        send.request(
            200, "models", "GET /api/models", "host: LOCALHOST\r\norigin: http://localhost", ""),
        send.request(
            200,
            "models",
            "GET /api/models",
            "host: kvasir.example\r\norigin: https://kvasir.example:443",
            ""));
  }

  @TestFactory
  Stream<DynamicTest> noRequestsAtAll() {
    return Stream.of(
        send.bytes(400, "\u0000\u0001HELLO\r\n\r\n"),
        send.bytes(400, "GET / HTTP/1.1\r\nconnection: close\r\n\r\n"),
        send.bytes(
            403, "GET / HTTP/1.1\r\nhost: localhost\r\nhost: a.b\r\nconnection: close\r\n\r\n"),
        send.bytes(414, "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nhost: localhost\r\n\r\n"),
        send.bytes(
            431, "GET / HTTP/1.1\r\nhost: localhost\r\nx: " + "a".repeat(20_000) + "\r\n\r\n"),
        send.bytes(400, "GET / HTTP/1.1\r\nhost: localhost\r\ncontent-length: -5\r\n\r\n"));
  }
}
