package io.kvasir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.json.Json;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Requests that nobody should send: each gets its status and words, and the server goes on. */
final class HostileRequestsTest {
  private static final String ASK = "POST /api/contrasts";
  private static final String CHAT = "POST /v1/chat/completions";
  private static final String EMBED = "POST /v1/embeddings";

  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static DynamicTest json(int status, String says, String line, String body) {
    return request(status, says, line, "content-type: application/json", body);
  }

  private static DynamicTest request(
      int status, String says, String line, String headers, String body) {
    return DynamicTest.dynamicTest(
        status + " " + says + ": " + line + " " + shortened(body),
        () -> {
          String host =
              headers.toLowerCase(Locale.ROOT).startsWith("host:") ? "" : "host: localhost\r\n";
          String answer =
              server.raw(
                  "%s HTTP/1.1\r\n%sconnection: close\r\n%s%scontent-length: %d\r\n\r\n%s"
                      .formatted(
                          line,
                          host,
                          headers,
                          headers.isEmpty() ? "" : "\r\n",
                          body.getBytes(java.nio.charset.StandardCharsets.UTF_8).length,
                          body));
          assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
          assertThat(answer).contains(says);
          String content = answer.substring(answer.indexOf("\r\n\r\n") + 4);
          if (line.contains(" /v1/")) {
            assertThat(Json.MAPPER.readTree(content).get("error").fieldNames())
                .toIterable()
                .containsExactly("message", "type", "param", "code");
          } else if (status >= 400) {
            assertThat(answer.toLowerCase(Locale.ROOT))
                .contains("content-type: application/problem+json");
            assertThat(Json.MAPPER.readTree(content).get("status").asInt()).isEqualTo(status);
          }
          assertThat(server.get("/api/health/live").statusCode()).isEqualTo(200);
        });
  }

  private static String shortened(String body) {
    return body.length() <= 60 ? body : body.substring(0, 60) + "…";
  }

  private static String asking(String fields) {
    return "{\"question\":\"Which?\",\"paths\":[\"closed-book\"]" + fields + "}";
  }

  private static String chatting(String fields) {
    return "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
        + fields
        + "}";
  }

  private static String reading(String fields) {
    return chatting(fields).replace("tiny", "tiny:rag");
  }

  @TestFactory
  Stream<DynamicTest> bodies() {
    return Stream.of(
        json(400, "body is empty", ASK, ""),
        json(400, "not JSON", ASK, "{\"question\":"),
        json(400, "not JSON", ASK, "{'question':'a'}"),
        json(400, "not JSON", ASK, "{\"question\":\"a\"} {}"),
        json(400, "Duplicate field", ASK, "{\"question\":\"a\",\"question\":\"b\"}"),
        json(400, "nesting depth", ASK, "[".repeat(100_000)),
        json(400, "must be a JSON object", ASK, "[]"),
        json(400, "must be a JSON object", ASK, "null"),
        json(400, "U+0000", ASK, asking("").replace("Which?", "a\\u0000b")),
        json(400, "U+D800", ASK, asking("").replace("Which?", "a\\ud800b")),
        json(413, "http.max-body-bytes", ASK, asking("").replace("Which?", "a".repeat(1 << 20))),
        json(
            413,
            "the limit is 4000 (contrast.max-question-characters)",
            ASK,
            asking("").replace("Which?", "a".repeat(4_001))),
        request(415, "content-type", ASK, "content-type: text/plain", asking("")),
        request(415, "content-type", ASK, "", asking("")),
        request(415, "UTF-8", ASK, "content-type: application/json; charset=latin1", asking("")),
        request(
            415,
            "multipart/form-data",
            "POST /api/collections/faq/documents",
            "content-type: application/json",
            "{}"));
  }

  @TestFactory
  Stream<DynamicTest> fields() {
    return Stream.of(
        json(400, "'question' is missing", ASK, "{\"paths\":[\"rag\"]}"),
        json(400, "'question' is empty", ASK, asking("").replace("Which?", " \\n ")),
        json(400, "'question' must be a text", ASK, asking("").replace("\"Which?\"", "7")),
        json(400, "must name at least one of", ASK, "{\"question\":\"a\"}"),
        json(400, "no path 'ragg'", ASK, asking("").replace("closed-book", "ragg")),
        json(400, "named twice", ASK, asking("").replace("[", "[\"closed-book\",")),
        json(400, "need a collection", ASK, asking("").replace("closed-book", "rag")),
        json(400, "did you mean 'sampling'?", ASK, asking(",\"samplin\":{}")),
        json(
            400,
            "did you mean 'sampling.maxTokens'?",
            ASK,
            asking(",\"sampling\":{\"max_tokens\":1}")),
        json(400, "it can be 0 to 2", ASK, asking(",\"sampling\":{\"temperature\":2.1}")),
        json(400, "must be a number", ASK, asking(",\"sampling\":{\"temperature\":\"hot\"}")),
        json(400, "it can be 1 to 1024", ASK, asking(",\"sampling\":{\"maxTokens\":1025}")),
        json(400, "must be a whole number", ASK, asking(",\"sampling\":{\"seed\":1.5}")),
        json(400, "it can be", ASK, asking(",\"sampling\":{\"seed\":1" + "0".repeat(400) + "}")),
        json(400, "stop", ASK, asking(",\"sampling\":{\"stop\":[\"\"]}")),
        json(400, "it can have 8", ASK, asking(",\"sampling\":{\"stop\":[1,2,3,4,5,6,7,8,9]}")),
        json(400, "must be an object", ASK, asking(",\"sampling\":[]")),
        json(400, "'scope[0]' must be a text", ASK, asking(",\"scope\":[7]")),
        json(400, "must be an array", ASK, asking(",\"scope\":\"a\"")),
        json(400, "it can be 1 to 50", ASK, asking(",\"k\":0")),
        json(
            400,
            "lower case letters",
            "POST /api/collections",
            "{\"name\":\"../x\",\"language\":\"en\"}"),
        json(
            400,
            "There are: tiny-encoder",
            "POST /api/collections",
            "{\"name\":\"x\",\"language\":\"en\",\"encoder\":\"other\"}"),
        json(
            400,
            "There are: tiny-encoder",
            "POST /api/collections/faq/encode",
            "{\"encoder\":\"other\"}"),
        json(409, "already", "POST /api/collections", "{\"name\":\"faq\",\"language\":\"en\"}"),
        json(400, "must be an array", "PUT /api/collections/faq/examples", "{}"));
  }

  @TestFactory
  Stream<DynamicTest> paths() {
    return Stream.of(
        request(404, "nothing at", "GET /api/nothing", "", ""),
        request(404, "nothing at", "GET /../../etc/passwd", "", ""),
        request(404, "nothing at", "GET /%2e%2e/%2e%2e/etc/passwd", "", ""),
        request(404, "nothing at", "GET /assets/..%2f..%2fapplication.properties", "", ""),
        request(404, "no document", "GET /api/documents/x", "", ""),
        request(404, "no document", "GET /api/documents/99999999999999999999", "", ""),
        request(404, "no contrast", "GET /api/contrasts/1;drop", "", ""),
        request(404, "no job", "GET /api/jobs/none", "", ""),
        request(404, "did you mean \\\"tiny\\\"?", "POST /api/models/tini/load", "", ""),
        request(409, "would not fit", "POST /api/models/big/load", "", ""),
        request(405, "GET, POST", "PUT /api/contrasts", "", ""),
        request(405, "allow: GET", "POST /api/health/live", "", ""),
        request(404, "nothing at", "POST /api/nothing", "", ""),
        request(404, "nothing at", "DELETE /nothing", "", ""),
        request(405, "allow: GET, HEAD", "POST /", "", ""),
        request(400, "did you mean 'limit'?", "GET /api/contrasts?limmit=5", "", ""),
        request(400, "from 1 to 200", "GET /api/contrasts?limit=-5", "", ""),
        request(400, "repeated", "GET /api/contrasts?limit=5&limit=6", "", ""),
        request(400, "a time like", "GET /api/contrasts?before=yesterday", "", ""),
        request(
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
                    request(400, "percent sign", "GET " + path + "%", "", ""),
                    request(400, "percent sign", "GET " + path + "a%2", "", ""),
                    request(400, "percent sign", "GET " + path + "%zz/x", "", ""),
                    request(400, "percent sign", "DELETE " + path + "%%", "", ""),
                    request(400, "U+0000", "GET " + path + "a%00b", "", ""),
                    request(400, "not UTF-8", "GET " + path + "%ff", "", ""),
                    request(400, "not UTF-8", "GET " + path + "%ed%a0%80", "", ""),
                    request(400, "U+0000", "GET " + path + "?search=%00", "", ""),
                    request(400, "percent sign", "GET " + path + "?%=1", "", "")));
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
        .map(time -> request(400, "a time like", "GET /api/contrasts?before=" + time, "", ""));
  }

  @TestFactory
  Stream<DynamicTest> websites() {
    String ask = asking("");
    String type = "content-type: application/json\r\n";
    return Stream.of(
        request(403, "http.allowed-hosts", "GET /api/models", "host: evil.example", ""),
        request(403, "http.allowed-hosts", "GET /", "host: evil.example:80", ""),
        request(403, "http.allowed-hosts", "GET /api/models", "host: localhost.evil.example", ""),
        request(403, "http.allowed-hosts", "GET /api/models", "host: 10.0.0.1:8080", ""),
        request(403, "http.allowed-hosts", "GET /v1/models", "host: evil.example", ""),
        request(403, "Pages of", ASK, type + "origin: http://evil.example", ask),
        request(403, "Pages of", ASK, type + "origin: null", ask),
        request(403, "Pages of", ASK, type + "origin: http://localhost:1", ask),
        request(403, "Pages of", CHAT, type + "origin: http://evil.example", chatting("")),
        request(403, "Pages of", "GET /api/models", "origin: http://localhost.evil.example", ""),
        request(403, "Pages of", "OPTIONS /api/contrasts", "origin: http://evil.example", ""),
        request(403, "other sites", "GET /api/models", "sec-fetch-site: cross-site", ""),
        request(
            403,
            "other sites",
            "GET /",
            "sec-fetch-site: cross-site\r\nsec-fetch-mode: navigate\r\nsec-fetch-dest: iframe",
            ""),
        request(200, "models", "GET /api/models", "host: kvasir.example", ""),
        request(200, "models", "GET /api/models", "host: [::1]:9000", ""),
        request(
            200, "models", "GET /api/models", "host: LOCALHOST\r\norigin: http://localhost", ""),
        request(
            200,
            "models",
            "GET /api/models",
            "host: kvasir.example\r\norigin: https://kvasir.example:443",
            ""));
  }

  @TestFactory
  Stream<DynamicTest> noRequestsAtAll() {
    return Stream.of(
        bytes(400, "\u0000\u0001HELLO\r\n\r\n"),
        bytes(400, "GET / HTTP/1.1\r\nconnection: close\r\n\r\n"),
        bytes(403, "GET / HTTP/1.1\r\nhost: localhost\r\nhost: a.b\r\nconnection: close\r\n\r\n"),
        bytes(414, "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nhost: localhost\r\n\r\n"),
        bytes(431, "GET / HTTP/1.1\r\nhost: localhost\r\nx: " + "a".repeat(20_000) + "\r\n\r\n"),
        bytes(400, "GET / HTTP/1.1\r\nhost: localhost\r\ncontent-length: -5\r\n\r\n"));
  }

  private static DynamicTest bytes(int status, String request) {
    return DynamicTest.dynamicTest(
        status + ": " + shortened(request),
        () -> {
          String answer = server.raw(request);
          assertThat(answer)
              .containsPattern("^HTTP/1.[01] " + status + " ")
              .contains("application/problem+json");
          assertThat(answer.split("HTTP/1.[01] ", -1)).as("one answer").hasSize(2);
          assertThat(server.get("/api/health/live").statusCode()).isEqualTo(200);
        });
  }

  @TestFactory
  Stream<DynamicTest> openAi() {
    return Stream.of(
        json(400, "'model' is missing", CHAT, "{}"),
        json(404, "model_not_found", CHAT, chatting("").replace("tiny", "gpt")),
        json(400, "cannot chat", CHAT, chatting("").replace("tiny", "tiny-encoder")),
        json(400, "must hold a message", CHAT, "{\"model\":\"tiny\"}"),
        json(400, "The role 'robot'", CHAT, chatting("").replace("user", "robot")),
        json(400, "messages[0].content", CHAT, chatting("").replace("\"hi\"", "7")),
        json(
            400,
            "image_url",
            CHAT,
            chatting("").replace("\"hi\"", "[{\"type\":\"image_url\",\"image_url\":{}}]")),
        json(400, "\"param\":\"n\"", CHAT, chatting(",\"n\":2")),
        json(400, "max_tokens", CHAT, chatting(",\"max_tokens\":0")),
        json(400, "tool_choice", CHAT, chatting(",\"tools\":[{\"type\":\"function\"}]")),
        json(400, "it can be -2 to 2", CHAT, chatting(",\"presence_penalty\":2.5")),
        json(400, "did you mean 'kvasir.scope'?", CHAT, reading(",\"kvasir\":{\"scop\":[]}")),
        json(400, "'kvasir' must be an object", CHAT, reading(",\"kvasir\":\"faq\"")),
        json(400, "'kvasir.k' is 0", CHAT, reading(",\"kvasir\":{\"k\":0}")),
        json(400, "tiny:rag, tiny:attention", CHAT, chatting(",\"kvasir\":{\"k\":2}")),
        json(
            400,
            "leave out one",
            CHAT,
            reading(",\"kvasir\":{\"collection\":\"notes\"}").replace(":rag", ":rag:faq")),
        json(
            404,
            "There is no collection 'notes'; there are: faq.",
            CHAT,
            reading("").replace(":rag", ":rag:notes")),
        json(
            404,
            "\"param\":\"kvasir.collection\"",
            CHAT,
            reading(",\"kvasir\":{\"collection\":\"notes\"}")),
        json(404, "model_not_found", CHAT, reading("").replace(":rag", ":closed-book:faq")),
        json(400, "response_format", CHAT, chatting(",\"response_format\":{\"type\":\"x\"}")),
        json(400, "context_length_exceeded", CHAT, chatting("").replace("hi", "a".repeat(100_001))),
        json(400, "\"param\":\"messages\"", CHAT, chatting("").replace("hi", "a".repeat(100_001))),
        json(413, "request_too_large", CHAT, chatting("").replace("hi", "a".repeat(1 << 20))),
        json(400, "not JSON", CHAT, "{"),
        request(415, "content-type", CHAT, "content-type: text/plain", chatting("")),
        json(404, "model_not_found", EMBED, "{\"model\":\"tiny\",\"input\":\"a\"}"),
        json(400, "'input' is missing", EMBED, "{\"model\":\"tiny-encoder\"}"),
        json(400, "is empty", EMBED, "{\"model\":\"tiny-encoder\",\"input\":[\"a\",\"\"]}"),
        json(400, "0 to 99", EMBED, "{\"model\":\"tiny-encoder\",\"input\":[1,100]}"),
        json(400, "input[1]", EMBED, "{\"model\":\"tiny-encoder\",\"input\":[[1],[-1]]}"),
        json(400, "an array of token", EMBED, "{\"model\":\"tiny-encoder\",\"input\":[[1],2]}"),
        json(400, "must be a text", EMBED, "{\"model\":\"tiny-encoder\",\"input\":[\"a\",2]}"),
        json(400, "is empty", EMBED, "{\"model\":\"tiny-encoder\",\"input\":[[]]}"),
        json(
            400,
            "context_length_exceeded",
            EMBED,
            "{\"model\":\"tiny-encoder\",\"input\":\"%s\"}".formatted("a ".repeat(17))),
        json(
            400,
            "it can have 2048",
            EMBED,
            "{\"model\":\"tiny-encoder\",\"input\":[%s\"a\"]}".formatted("\"a\",".repeat(2_048))),
        json(
            413,
            "http.max-body-bytes",
            EMBED,
            "{\"model\":\"tiny-encoder\",\"input\":\"%s\"}".formatted("a".repeat(1 << 20))),
        json(
            400,
            "encoding_format",
            EMBED,
            "{\"model\":\"tiny-encoder\",\"input\":\"a\",\"encoding_format\":\"hex\"}"),
        json(
            400,
            "dimensions",
            EMBED,
            "{\"model\":\"tiny-encoder\",\"input\":\"a\",\"dimensions\":3}"),
        request(404, "model_not_found", "GET /v1/models/gpt", "", ""),
        request(404, "nothing at", "GET /v1/files", "", ""),
        json(404, "nothing at", "POST /v1/responses", "{}"),
        json(404, "nothing at", "POST /v1/completions", "{}"),
        request(404, "nothing at", "PUT /v1/nothing/at/all", "", ""),
        request(405, "allow: POST", "GET /v1/chat/completions", "", ""),
        request(405, "GET", "DELETE /v1/models", "", ""));
  }
}
