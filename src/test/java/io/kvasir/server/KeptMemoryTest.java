package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.PathTrace;
import io.kvasir.core.PathTrace.Stored.Outcome;
import io.kvasir.core.Trace;
import io.kvasir.json.Json;
import io.kvasir.postgres.PostgresExtension;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What one server computed of a scope, another one does not compute again. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
final class KeptMemoryTest {
  private static final String QUESTION = "Which frog sings at night?";
  private static final String ATTENTION = "/api/collections/pond/memory/attention";

  @TempDir Path first;
  @TempDir Path second;

  @Test
  void anotherServerAnswersTheSameAndReadsOnlyTheQuestion(String databaseUrl) throws Exception {
    PathTrace computed;
    try (RunningServer server = RunningServer.start(first, databaseUrl, Map.of())) {
      server.dropMemory();
      assertThat(attention(server.ask(QUESTION)).prompt().stored())
          .as("nothing is kept unless somebody wants it")
          .isNull();
      assertThat(server.keepMemory()).contains("\"kept\":true");
      computed = attention(server.ask(QUESTION));
      assertThat(computed.prompt().stored()).as("the decoder remembers it").isNull();
      RunningServer.until(
          () -> server.get("/api/collections/pond/memory").contains("\"entries\":1"));
    }
    try (RunningServer server = RunningServer.start(second, databaseUrl, Map.of())) {
      PathTrace recalled = attention(server.ask(QUESTION));

      PathTrace.Stored stored = recalled.prompt().stored();
      assertThat(stored.outcome()).isEqualTo(Outcome.READ);
      assertThat(stored.bytes()).isPositive();
      assertThat(recalled.prompt().cachedTokens()).isGreaterThanOrEqualTo(stored.tokens());
      assertThat(recalled.answer()).isEqualTo(computed.answer());
      assertThat(recalled.tokens())
          .extracting(PathTrace.TokenTrace::logprob)
          .isEqualTo(computed.tokens().stream().map(PathTrace.TokenTrace::logprob).toList());
      assertThat(recalled.passages().get(0).attended())
          .as("the same evidence")
          .isEqualTo(computed.passages().get(0).attended());
    }
  }

  @Test
  void passagesThatWereReadAheadAnswerLikeTheirText(String databaseUrl) throws Exception {
    Map<String, String> exact =
        Map.of("KVASIR_MEMORY_PRECISION", "float32", "KVASIR_RETRIEVE_NEARNESS", "0");
    try (RunningServer server = RunningServer.start(first, databaseUrl, exact)) {
      server.dropMemory();
      PathTrace unkept = memory(server.askWith(one()));
      assertThat(unkept.prompt().stored().outcome()).isEqualTo(Outcome.OFF);
      HttpResponse<String> accepted = server.read("/api/collections/pond/memory", "{}");
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
      RunningServer.until(
          () -> server.get("/api/collections/pond/memory").contains("\"passages\":2"));
      RunningServer.until(() -> !server.get("/api/jobs").contains("\"finished\":false"));
      assertThat(server.get("/api/jobs")).contains("\"remembers\":true", "\"passagesDone\":2");
    }
    try (RunningServer server = RunningServer.start(second, databaseUrl, exact)) {
      PathTrace recalled = memory(server.askWith(one()));
      PathTrace text = memory(server.askWith(one().replace("memory", "rag")));

      PathTrace.Stored stored = recalled.prompt().stored();
      assertThat(stored.outcome()).isEqualTo(Outcome.READ);
      assertThat(stored.placed().passages()).hasSize(1);
      assertThat(recalled.prompt().ids()).as("the very prompt").isEqualTo(text.prompt().ids());
      assertThat(recalled.answer()).isEqualTo(text.answer());
      assertThat(recalled.tokens())
          .extracting(PathTrace.TokenTrace::logprob)
          .isEqualTo(text.tokens().stream().map(PathTrace.TokenTrace::logprob).toList());

      Trace both = server.askWith(one().replace("\"k\":1", "\"k\":2"));
      assertThat(memory(both).prompt().stored().placed().passages()).hasSize(2);
      HttpResponse<String> measured =
          server.read("/api/contrasts/" + both.id() + "/evidence", "{\"path\":\"memory\"}");
      assertThat(measured.body()).contains("\"status\":\"complete\"");
    }
  }

  @Test
  void oneHeadAttendsToEveryStoredKeyOfACollection(String databaseUrl) throws Exception {
    try (RunningServer server = RunningServer.start(first, databaseUrl, Map.of())) {
      server.dropMemory();
      HttpResponse<String> early = server.read(ATTENTION, attended("\"layer\":1,\"head\":3"));
      assertThat(early.statusCode()).isEqualTo(409);
      assertThat(early.body()).contains("kvasir memory build pond");
      server.read("/api/collections/pond/memory", "{}");
      RunningServer.until(
          () -> server.get("/api/collections/pond/memory").contains("\"passages\":2"));
      long tokens =
          Json.MAPPER.readTree(server.get("/api/collections/pond/memory")).get("tokens").asLong();

      HttpResponse<String> answer = server.read(ATTENTION, attended("\"layer\":1,\"head\":3"));
      JsonNode found = Json.MAPPER.readTree(answer.body());
      assertThat(found.get("keys").asLong()).as(answer.body()).isEqualTo(tokens);
      StringBuilder words = new StringBuilder();
      found.get("words").forEach(word -> words.append(word.asText()));
      assertThat(words.toString().strip()).isEqualTo(QUESTION);
      assertThat(found.get("passages")).hasSize(2);
      double shares = 0;
      for (JsonNode passage : found.get("passages")) {
        shares += passage.get("share").asDouble();
      }
      assertThat(shares).isCloseTo(1, within(1e-6));
      HttpResponse<String> other =
          server.read(ATTENTION, attended("\"layer\":1,\"head\":3,\"word\":0"));
      assertThat(Json.MAPPER.readTree(other.body()).get("tokens"))
          .as("another word attends otherwise")
          .isNotEqualTo(found.get("tokens"));

      assertThat(server.read(ATTENTION, attended("\"layer\":1")).body())
          .contains("layer and head belong together");
      assertThat(server.read(ATTENTION, attended("\"layer\":9,\"head\":0")).body())
          .contains("2 layers of 4 heads");
      assertThat(server.read(ATTENTION, attended("\"layer\":1,\"head\":3,\"word\":999")).body())
          .contains("there is no word 999");
      assertThat(server.read(ATTENTION, attended("\"limit\":3")).body())
          .contains("kvasir heads detect");
    }
  }

  private static String attended(String how) {
    return "{\"question\":\"%s\",%s}".formatted(QUESTION, how);
  }

  private static String one() {
    return """
        {"question":"Which frog sings at night?","collection":"pond","paths":["memory"],"k":1,
         "sampling":{"maxTokens":12}}""";
  }

  private static PathTrace memory(Trace trace) {
    assertThat(trace.status()).isEqualTo(Trace.Status.COMPLETE);
    return trace.paths().get(0);
  }

  private static PathTrace attention(Trace trace) {
    assertThat(trace.status()).isEqualTo(Trace.Status.COMPLETE);
    return trace.paths().get(2);
  }
}
