package io.kvasir.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Hit;
import io.kvasir.core.Notice;
import io.kvasir.core.PathTrace;
import io.kvasir.core.PathTrace.Retrieved;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Sampling;
import io.kvasir.core.Trace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTest {
  @Test
  void traceSurvivesTheRoundTrip() throws Exception {
    Trace trace =
        new Trace(
            Trace.VERSION,
            "id",
            Instant.parse("2026-11-25T02:03:04.005Z"),
            Trace.Status.COMPLETE,
            "id",
            null,
            "Which package?",
            "faq",
            List.of("a.html#One"),
            new Trace.Model("tiny", "abc", "float32"),
            null,
            AnswerStyle.SHORT,
            null,
            Sampling.GREEDY,
            List.of(1, 2),
            null,
            null,
            null,
            List.of(
                new PathTrace(
                    AnswerPath.CLOSED_BOOK,
                    "dpkg",
                    "stop",
                    null,
                    null,
                    new PathTrace.PromptTrace(
                        2,
                        1,
                        0,
                        "ab",
                        new int[] {4, 5},
                        List.of(
                            new PromptPart(PromptPart.Kind.SINK, 1, null),
                            new PromptPart(PromptPart.Kind.PASSAGE, 1, 7L)),
                        0),
                    List.of(),
                    List.of(
                        new PathTrace.TokenTrace(9, "d", -0.5, 1.5, new float[] {0.25f, 0.75f})),
                    PathTrace.Timings.NONE,
                    null)));

    String json = Json.MAPPER.writeValueAsString(trace);

    assertThat(json)
        .contains("\"path\":\"closed-book\"", "\"kind\":\"sink\"", "\"2026-11-25T02:03:04.005Z\"");
    assertThat(Json.MAPPER.readValue(json, Trace.class))
        .usingRecursiveComparison()
        .isEqualTo(trace);
  }

  @Test
  void retrievalHasNamedListsAlsoWhereATraceIsOlderThanTheirNames() throws Exception {
    String before = "{\"rank\": 2, \"score\": 0.1, \"dense\": 0.6, \"lexical\": null}";
    Retrieved old = Json.MAPPER.readValue(before, Retrieved.class);
    assertThat(old.lists()).isEqualTo(Map.of("dense", new Hit.Listed(0.6, null)));

    Map<String, Hit.Listed> lists =
        Map.of("lexical", new Hit.Listed(7.5, 1), "memory", new Hit.Listed(0.2, 3));
    Retrieved now = new Retrieved(1, 0.2, null, 7.5, lists);
    String json = Json.MAPPER.writeValueAsString(now);
    assertThat(json)
        .contains("\"dense\":null,\"lexical\":7.5", "\"memory\":{\"score\":0.2,\"place\":3}");
    assertThat(Json.MAPPER.readValue(json, Retrieved.class)).isEqualTo(now);
  }

  @Test
  void aTraceOfANewerVersionIsReadThoughItsPathAndNoticeAreUnknown() throws Exception {
    Notice notice =
        Json.MAPPER.readValue(
            "{\"code\": \"blocks-missing\", \"values\": {\"left\": 2}, \"text\": \"2 left.\"}",
            Notice.class);
    AnswerPath path = Json.MAPPER.readValue("\"memory\"", AnswerPath.class);

    assertThat(notice).isEqualTo(new Notice(null, Map.of("left", 2), "2 left."));
    assertThat(path).isEqualTo(new AnswerPath("memory"));
    assertThat(Json.MAPPER.writeValueAsString(path)).isEqualTo("\"memory\"");
  }

  @Test
  void aNoticeKeptBeforeThereWereCodesIsItsSentence() throws Exception {
    Notice old = Json.MAPPER.readValue("\"Nothing relevant was found.\"", Notice.class);

    assertThat(old).isEqualTo(new Notice(null, Map.of(), "Nothing relevant was found."));
    String written =
        Json.MAPPER.writeValueAsString(
            new Notice(Notice.Code.CUT_BY_BUDGET, Map.of("cut", 2), "t"));
    assertThat(written)
        .isEqualTo("{\"code\":\"cut-by-budget\",\"values\":{\"cut\":2},\"text\":\"t\"}");
    assertThat(Json.MAPPER.readValue(written, Notice.class).values()).containsEntry("cut", 2);
  }

  @Test
  void aTraceOfTheFirstVersionIsStillRead() throws Exception {
    String json =
        """
        {"version":1,"id":"id","createdAt":"2026-11-25T02:03:04.005Z","status":"complete",
         "conversation":"id","question":"Which?","collection":null,"scope":[],
         "model":{"name":"tiny","checksum":"abc","format":"float32"},"encoder":null,
         "sampling":{"temperature":0,"topP":1,"topK":0,"minP":0,"repetitionPenalty":1,"seed":0,
                     "maxTokens":9,"stop":[]},
         "watchedLayers":[1],"searched":null,"questionVector":null,
         "paths":[{"path":"closed-book","answer":"","finishReason":"stop","error":null,
                   "notice":null,"prompt":null,"passages":[],"tokens":[],
                   "timings":{"queueMs":null,"retrievalMs":null,"prefillMs":null,
                              "firstTokenMs":null,"totalMs":null}}]}
        """;
    Trace trace = Json.MAPPER.readValue(json, Trace.class);

    assertThat(trace.paths().get(0).evidence()).isNull();
    assertThat(trace.sampling().presencePenalty()).isZero();
    assertThat(trace.sampling().frequencyPenalty()).isZero();
  }
}
