package io.kvasir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.contrast.Json;
import io.kvasir.postgres.PostgresExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a server open to a network tells of itself: a log in JSON, spans, and no secret in either.
 */
@ExtendWith(PostgresExtension.class)
final class ObservedServerTest {
  private static final String KEY = "a-key-that-nobody-should-ever-see";
  private static final String QUESTION =
      """
      {"question":"Which xylophone sings at night?","collection":"pond","paths":["closed-book","rag"],
       "sampling":{"maxTokens":8}}""";
  private static final String CALLER = "4bf92f3577b34da6a3ce929d0e0e4736";

  @TempDir static Path folder;

  @BeforeAll
  static void prepare() {
    ServerProcess.prepare(folder);
  }

  @Test
  void logAndSpansTellOfAContrastAndOfNoWordAndNoSecret(String databaseUrl) throws Exception {
    try (Collector collector = new Collector();
        ServerProcess server =
            ServerProcess.start(
                folder,
                databaseUrl,
                Map.of(
                    "KVASIR_HTTP_HOST", "0.0.0.0",
                    "KVASIR_HTTP_KEY", KEY,
                    "KVASIR_LOG_FORMAT", "json",
                    "KVASIR_TELEMETRY_ENDPOINT", collector.endpoint(),
                    "KVASIR_ENGINE_SLOTS", "3"),
                List.of())) {
      String bearer = "Bearer " + KEY;
      assertThat(server.post("/api/contrasts", QUESTION).statusCode()).isEqualTo(401);
      assertThat(
              server
                  .post(
                      "/api/collections",
                      "{\"name\":\"pond\",\"language\":\"en\"}",
                      "authorization",
                      bearer)
                  .statusCode())
          .isEqualTo(201);
      String events =
          server
              .post(
                  "/api/contrasts",
                  QUESTION,
                  "authorization",
                  bearer,
                  "traceparent",
                  "00-" + CALLER + "-00f067aa0ba902b7-01")
              .body();
      assertThat(events).contains("event: ended");
      JsonNode history =
          Json.MAPPER.readTree(server.get("/api/contrasts", "authorization", bearer).body());
      String contrast = history.path("contrasts").get(0).path("id").asText();
      server.until(
          "the spans came",
          () -> collector.spans().stream().anyMatch(span -> span.name().equals("contrast")));
      assertThat(
              server
                  .post(
                      "/api/contrasts/" + contrast + "/attention",
                      "{\"path\":\"rag\"}",
                      "authorization",
                      bearer)
                  .statusCode())
          .isEqualTo(200);
      server.terminate();
      assertThat(server.exit(60)).isZero();

      List<JsonNode> lines = new ArrayList<>();
      for (String line : server.log().lines().toList()) {
        lines.add(Json.MAPPER.readTree(line));
      }
      assertThat(lines)
          .filteredOn(line -> line.path("contrast").asText().equals(contrast))
          .extracting(line -> line.path("message").asText())
          .anyMatch(message -> message.endsWith(" asked"))
          .anyMatch(message -> message.contains("rag by tiny: length"))
          .anyMatch(message -> message.contains("complete after"));
      checkSpans(collector.spans(), contrast);
      assertThat(collector.spans())
          .filteredOn(span -> span.name().equals("attention"))
          .singleElement()
          .satisfies(
              span -> assertThat(span.attributes()).containsEntry("kvasir.contrast.id", contrast));
      String password = databaseUrl.replaceAll(".*://[^:]*:([^@]*)@.*", ":$1@");
      for (String told : List.of(server.log(), collector.spans().toString())) {
        assertThat(told).doesNotContain(KEY, "xylophone", password);
      }
    }
  }

  private static void checkSpans(List<Collector.Span> all, String contrast) {
    List<Collector.Span> spans = all.stream().filter(span -> span.trace().equals(CALLER)).toList();
    Map<String, Collector.Span> byName =
        spans.stream().collect(Collectors.toMap(Collector.Span::name, span -> span, (a, b) -> b));
    assertThat(byName)
        .containsKeys(
            "POST /api/contrasts",
            "contrast",
            "retrieval",
            "embeddings",
            "SELECT passages",
            "chat tiny",
            "queue",
            "prefill",
            "decode");
    child(byName, "contrast", "POST /api/contrasts");
    child(byName, "retrieval", "contrast");
    child(byName, "embeddings", "retrieval");
    child(byName, "SELECT passages", "retrieval");
    child(byName, "chat tiny", "contrast");
    assertThat(spans).filteredOn(span -> span.name().equals("chat tiny")).hasSize(2);
    for (Collector.Span inner : spans) {
      assertThat(inner.end()).as(inner.name()).isGreaterThanOrEqualTo(inner.start());
    }
    assertThat(byName.get("contrast").attributes()).containsEntry("kvasir.contrast.id", contrast);
    assertThat(byName.get("chat tiny").attributes())
        .containsEntry("gen_ai.operation.name", "chat")
        .containsEntry("gen_ai.request.model", "tiny")
        .containsEntry("gen_ai.usage.output_tokens", "8")
        .containsKey("gen_ai.usage.input_tokens");
    assertThat(byName.get("POST /api/contrasts").attributes())
        .containsEntry("http.route", "/api/contrasts")
        .containsEntry("http.response.status_code", "200");
  }

  private static void child(Map<String, Collector.Span> spans, String inner, String outer) {
    assertThat(spans.get(inner).parent())
        .as("%s within %s", inner, outer)
        .isEqualTo(spans.get(outer).id());
  }
}
