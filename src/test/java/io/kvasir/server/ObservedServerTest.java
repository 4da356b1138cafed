package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.json.Json;
import io.kvasir.postgres.PostgresExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a server open to a network tells of itself: a log in JSON, spans, and no secret in either.
 */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
final class ObservedServerTest {
  private static final String KEY = "a-key-that-nobody-should-ever-see";
  private static final String QUESTION =
      """
      {"question":"Which xylophone sings at night?","collection":"pond","paths":["closed-book","rag"],
       "sampling":{"maxTokens":8}}""";

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
      String events = server.post("/api/contrasts", QUESTION, "authorization", bearer).body();
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
      assertThat(collector.spans())
          .filteredOn(span -> span.name().equals("attention"))
          .singleElement()
          .satisfies(
              span -> {
                assertThat(span.attributes()).containsEntry("kvasir.contrast.id", contrast);
                assertThat(span.links()).as("the contrast").hasSize(1);
              });
      String password = databaseUrl.replaceAll(".*://[^:]*:([^@]*)@.*", ":$1@");
      for (String told : List.of(server.log(), collector.spans().toString())) {
        assertThat(told).doesNotContain(KEY, "xylophone", password);
      }
    }
  }
}
