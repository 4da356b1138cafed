package io.kvasir.http;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What nobody should ask of {@code /v1}: each gets its status, in the shape that clients read. */
final class HostileChatsTest {
  private static final String CHAT = "POST /v1/chat/completions";
  private static final String EMBED = "POST /v1/embeddings";

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

  private static String chatting(String fields) {
    return "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
        + fields
        + "}";
  }

  private static String reading(String fields) {
    return chatting(fields).replace("tiny", "tiny:rag");
  }

  @TestFactory
  Stream<DynamicTest> openAi() {
    return Stream.of(
        send.json(400, "'model' is missing", CHAT, "{}"),
        send.json(404, "model_not_found", CHAT, chatting("").replace("tiny", "gpt")),
        send.json(400, "cannot chat", CHAT, chatting("").replace("tiny", "tiny-encoder")),
        send.json(400, "must hold a message", CHAT, "{\"model\":\"tiny\"}"),
        send.json(400, "The role 'robot'", CHAT, chatting("").replace("user", "robot")),
        send.json(400, "messages[0].content", CHAT, chatting("").replace("\"hi\"", "7")),
        send.json(
            400,
            "image_url",
            CHAT,
            chatting("").replace("\"hi\"", "[{\"type\":\"image_url\",\"image_url\":{}}]")),
        send.json(400, "\"param\":\"n\"", CHAT, chatting(",\"n\":2")),
        send.json(400, "max_tokens", CHAT, chatting(",\"max_tokens\":0")),
        send.json(400, "tool_choice", CHAT, chatting(",\"tools\":[{\"type\":\"function\"}]")),
        send.json(400, "it can be -2 to 2", CHAT, chatting(",\"presence_penalty\":2.5")),
        send.json(400, "did you mean 'kvasir.scope'?", CHAT, reading(",\"kvasir\":{\"scop\":[]}")),
        send.json(400, "'kvasir' must be an object", CHAT, reading(",\"kvasir\":\"faq\"")),
        send.json(400, "'kvasir.k' is 0", CHAT, reading(",\"kvasir\":{\"k\":0}")),
        send.json(400, "tiny:rag, tiny:attention", CHAT, chatting(",\"kvasir\":{\"k\":2}")),
        send.json(
            400,
            "leave out one",
            CHAT,
            reading(",\"kvasir\":{\"collection\":\"notes\"}").replace(":rag", ":rag:faq")),
        send.json(
            404,
            "There is no collection 'notes'; there are: faq.",
            CHAT,
            reading("").replace(":rag", ":rag:notes")),
        send.json(
            404,
            "\"param\":\"kvasir.collection\"",
            CHAT,
            reading(",\"kvasir\":{\"collection\":\"notes\"}")),
        send.json(404, "model_not_found", CHAT, reading("").replace(":rag", ":closed-book:faq")),
        send.json(400, "response_format", CHAT, chatting(",\"response_format\":{\"type\":\"x\"}")),
        send.json(
            400, "context_length_exceeded", CHAT, chatting("").replace("hi", "a".repeat(100_001))),
        send.json(
            400, "\"param\":\"messages\"", CHAT, chatting("").replace("hi", "a".repeat(100_001))),
        send.json(413, "request_too_large", CHAT, chatting("").replace("hi", "a".repeat(1 << 20))),
        send.json(400, "not JSON", CHAT, "{"),
        send.request(415, "content-type", CHAT, "content-type: text/plain", chatting("")),
        send.json(404, "model_not_found", EMBED, "{\"model\":\"tiny\",\"input\":\"a\"}"),
        send.json(400, "'input' is missing", EMBED, "{\"model\":\"tiny-encoder\"}"),
        send.json(400, "is empty", EMBED, "{\"model\":\"tiny-encoder\",\"input\":[\"a\",\"\"]}"),
        send.json(400, "0 to 99", EMBED, "{\"model\":\"tiny-encoder\",\"input\":[1,100]}"),
        send.json(400, "input[1]", EMBED, "{\"model\":\"tiny-encoder\",\"input\":[[1],[-1]]}"),
        send.json(
            400, "an array of token", EMBED, "{\"model\":\"tiny-encoder\",\"input\":[[1],2]}"),
        send.json(400, "must be a text", EMBED, "{\"model\":\"tiny-encoder\",\"input\":[\"a\",2]}"),
        send.json(400, "is empty", EMBED, "{\"model\":\"tiny-encoder\",\"input\":[[]]}"),
        send.json(
            400,
            "context_length_exceeded",
            EMBED,
            "{\"model\":\"tiny-encoder\",\"input\":\"%s\"}".formatted("a ".repeat(17))),
        send.json(
            400,
            "it can have 2048",
            EMBED,
            "{\"model\":\"tiny-encoder\",\"input\":[%s\"a\"]}".formatted("\"a\",".repeat(2_048))),
        send.json(
            413,
            "http.max-body-bytes",
            EMBED,
            "{\"model\":\"tiny-encoder\",\"input\":\"%s\"}".formatted("a".repeat(1 << 20))),
        send.json(
            400,
            "encoding_format",
            EMBED,
            "{\"model\":\"tiny-encoder\",\"input\":\"a\",\"encoding_format\":\"hex\"}"),
        send.json(
            400,
            "dimensions",
            EMBED,
            "{\"model\":\"tiny-encoder\",\"input\":\"a\",\"dimensions\":3}"),
        send.request(404, "model_not_found", "GET /v1/models/gpt", "", ""),
        send.request(404, "nothing at", "GET /v1/files", "", ""),
        send.json(404, "nothing at", "POST /v1/responses", "{}"),
        send.json(404, "nothing at", "POST /v1/completions", "{}"),
        send.request(404, "nothing at", "PUT /v1/nothing/at/all", "", ""),
        send.request(405, "allow: POST", "GET /v1/chat/completions", "", ""),
        send.request(405, "GET", "DELETE /v1/models", "", ""));
  }
}
