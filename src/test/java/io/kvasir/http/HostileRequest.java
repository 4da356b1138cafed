package io.kvasir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.DynamicTest;

/**
 * A request that nobody should send, as a test: it gets its status and words, the server goes on.
 */
record HostileRequest(TestServer server) {
  DynamicTest json(int status, String says, String line, String body) {
    return request(status, says, line, "content-type: application/json", body);
  }

  DynamicTest request(int status, String says, String line, String headers, String body) {
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
                          body.getBytes(StandardCharsets.UTF_8).length,
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

  DynamicTest bytes(int status, String request) {
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
}
