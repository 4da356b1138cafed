package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.postgres.PostgresExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The trace of a whole contrast, from the request to the evidence, as a collector gets it. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
final class TracedServerTest {
  private static final String CALLER = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String QUESTION =
      """
      {"question":"Which frog sings at night?","collection":"pond","paths":["closed-book","rag"],
       "sampling":{"maxTokens":8}}""";

  @TempDir static Path folder;

  @Test
  void everyStageIsWhereItBelongs(String databaseUrl) throws Exception {
    try (Collector collector = new Collector()) {
      String contrast;
      try (RunningServer server =
          RunningServer.start(
              folder, databaseUrl, Map.of("KVASIR_TELEMETRY_ENDPOINT", collector.endpoint()))) {
        String[] caller = {"traceparent", "00-" + CALLER + "-00f067aa0ba902b7-01"};
        String location =
            server
                .read("/api/contrasts", QUESTION, caller)
                .headers()
                .firstValue("location")
                .orElseThrow();
        contrast = location.substring(location.lastIndexOf('/') + 1);
        assertThat(
                server
                    .read(location + "/evidence", "{\"path\":\"rag\",\"masks\":4}", caller)
                    .body())
            .contains("\"status\":\"complete\"");
      }
      checkSpans(collector.spans(), contrast);
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
            "decode",
            "evidence");
    child(byName, "contrast", "POST /api/contrasts");
    child(byName, "retrieval", "contrast");
    child(byName, "embeddings", "retrieval");
    child(byName, "SELECT passages", "retrieval");
    child(byName, "chat tiny", "contrast");
    child(byName, "evidence", "POST /api/contrasts/:id/evidence");
    assertThat(byName.get("evidence").links()).containsExactly(byName.get("contrast").id());
    List<Collector.Span> answers =
        spans.stream().filter(span -> span.name().equals("chat tiny")).toList();
    assertThat(answers).hasSize(2);
    for (Collector.Span answer : answers) {
      List<Collector.Span> stages =
          spans.stream().filter(span -> span.parent().equals(answer.id())).toList();
      assertThat(stages)
          .extracting(Collector.Span::name)
          .containsExactlyInAnyOrder("queue", "prefill", "decode");
      for (Collector.Span stage : stages) {
        assertThat(stage.start()).isGreaterThanOrEqualTo(answer.start());
        assertThat(stage.end()).isLessThanOrEqualTo(answer.end());
      }
    }
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
