package io.kvasir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.contrast.ContrastEvent;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.PathTrace;
import io.kvasir.core.Sampling;
import io.kvasir.core.Trace;
import io.kvasir.json.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stream of events looks like in a terminal. */
final class AskCommandTest {
  private static final Trace TRACE =
      new Trace(
          1,
          "c1",
          Instant.EPOCH,
          Trace.Status.RUNNING,
          "c1",
          null,
          "Why?",
          "faq",
          List.of(),
          new Trace.Model("tiny", "00", "int8"),
          null,
          AnswerStyle.SHORT,
          null,
          Sampling.GREEDY,
          List.of(1),
          null,
          null,
          null,
          List.of());

  @TempDir Path folder;
  private SpokenTerminal terminal;
  private FakeServer server;

  @BeforeEach
  void open() {
    terminal = new SpokenTerminal(Map.of("KVASIR_DATA_DIR", folder.toString()));
    server = new FakeServer();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static String stream(ContrastEvent... events) {
    return List.of(events).stream()
        .map(
            event -> {
              ObjectNode data = Json.MAPPER.valueToTree(event);
              data.put("type", event.type());
              return "id: 1\nevent: %s\ndata: %s\n\n: ping\n\n".formatted(event.type(), data);
            })
        .collect(Collectors.joining());
  }

  private static ContrastEvent token(AnswerPath path, String text) {
    return new ContrastEvent.Token(
        path, 0, new PathTrace.TokenTrace(1, text, -0.1, 3, new float[0]));
  }

  private static ContrastEvent finished(AnswerPath path, String answer, String error) {
    PathTrace.PassageTrace passage =
        new PathTrace.PassageTrace(
            1,
            1,
            "faq.html",
            "FAQ",
            "Chapter 8",
            null,
            0,
            9,
            "text",
            null,
            new PathTrace.Retrieved(1, 0.03, 0.7, null, null),
            true,
            new PathTrace.InPrompt(1, 204),
            new PathTrace.Attended(0.123, 1.4));
    return new ContrastEvent.Finished(
        path,
        answer,
        error == null ? "stop" : "error",
        error,
        null,
        path.equals(AnswerPath.RAG) ? List.of(passage) : List.of(),
        new PathTrace.Timings(0d, 1d, 2d, 1_100d, 3_200d));
  }

  private int ask(String... more) {
    String[] words = new String[more.length + 4];
    System.arraycopy(new String[] {"ask", "Why?", "--server", server.address()}, 0, words, 0, 4);
    System.arraycopy(more, 0, words, 4, more.length);
    return terminal.run(words);
  }

  @Test
  void pathsThatRunTogetherAreReadableOneAfterTheOther() {
    answers(
        new ContrastEvent.Started(TRACE),
        token(AnswerPath.CLOSED_BOOK, "No "),
        token(AnswerPath.RAG, "Be"),
        token(AnswerPath.CLOSED_BOOK, "idea"),
        finished(AnswerPath.CLOSED_BOOK, "No idea", null),
        token(AnswerPath.RAG, "cause"),
        finished(AnswerPath.RAG, "Because", null),
        new ContrastEvent.Ended(Trace.Status.COMPLETE, "c1"));
    assertThat(ask("--paths", "rag,closed-book")).isZero();
    assertThat(terminal.out()).contains("Because", "No idea", "#1", "1 (204 tok)", "12.3% ×1.40");
    assertThat(terminal.out().indexOf("Because")).isLessThan(terminal.out().indexOf("No idea"));
    assertThat(terminal.out()).contains("faq.html › Chapter 8", "first token after 1.1 s");
  }

  private void answers(ContrastEvent... events) {
    server.answers("POST /api/contrasts", 200, "text/event-stream", stream(events));
  }

  private void answersAtOnce() {
    answers(new ContrastEvent.Started(TRACE), new ContrastEvent.Ended(Trace.Status.COMPLETE, "c1"));
  }

  @Test
  void optionsBecomeTheRequest() throws Exception {
    answersAtOnce();
    ask(
        "--scope",
        "a.html,b.html#One",
        "--scope",
        "c",
        "--k",
        "3",
        "--seed",
        "7",
        "--style",
        "full");
    JsonNode body = Json.MAPPER.readTree(server.bodyOf("POST /api/contrasts"));
    assertThat(body.path("question").asText()).isEqualTo("Why?");
    assertThat(body.path("collection").asText()).isEqualTo("debian-faq-en");
    assertThat(body.path("scope")).hasToString("[\"a.html\",\"b.html#One\",\"c\"]");
    assertThat(body.path("paths")).hasToString("[\"rag\",\"attention\",\"closed-book\"]");
    assertThat(body.path("k").asInt()).isEqualTo(3);
    assertThat(body.path("style").asText()).isEqualTo("full");
    assertThat(body.path("sampling")).hasToString("{\"seed\":7}");
  }

  @Test
  void aFollowUpLeavesToItsConversationWhatItIsAskedOf() throws Exception {
    answersAtOnce();
    ask("--conversation", "c1");
    assertThat(Json.MAPPER.readTree(server.bodyOf("POST /api/contrasts")).has("collection"))
        .isFalse();
  }

  @Test
  void besideAContrastItIsAskedOfTheSameAndOfWhatIsNamed() throws Exception {
    answersAtOnce();
    server.answers(
        "GET /api/contrasts/c0",
        200,
        "application/json",
        "{\"collection\":\"faq\",\"scope\":[\"a.html\"],\"model\":{\"name\":\"tiny\"}}");
    ask("--beside", "c0", "--model", "other");
    JsonNode body = Json.MAPPER.readTree(server.bodyOf("POST /api/contrasts"));
    assertThat(body.path("beside").asText()).isEqualTo("c0");
    assertThat(body.path("collection").asText()).isEqualTo("faq");
    assertThat(body.path("scope").toString()).isEqualTo("[\"a.html\"]");
    assertThat(body.path("model").asText()).isEqualTo("other");
  }

  @Test
  void jsonPrintsTheStoredTraceAndNothingElse() throws Exception {
    answersAtOnce();
    server.answers("GET /api/contrasts/c1", 200, "application/json", "{\"id\":\"c1\"}");
    assertThat(ask("--json")).isZero();
    assertThat(Json.MAPPER.readTree(terminal.out()).path("id").asText()).isEqualTo("c1");
  }

  @Test
  void htmlKeepsThePageOfTheContrast() throws Exception {
    answersAtOnce();
    server.answers("GET /api/contrasts/c1/export.html", 200, "text/html", "<!doctype html>为什么");
    Path file = folder.resolve("why.html");
    assertThat(ask("--html", file.toString())).isZero();
    assertThat(file).hasContent("<!doctype html>为什么");
    assertThat(terminal.err()).contains("kept in " + file);

    Path nowhere = folder.resolve("missing").resolve("why.html");
    assertThat(ask("--html", nowhere.toString())).isNotZero();
    assertThat(terminal.err()).contains("cannot write " + nowhere, "c1");
  }

  @Test
  void failuresShowInTextAndExitCode() {
    answers(
        new ContrastEvent.Started(TRACE),
        finished(AnswerPath.RAG, "", "the model is gone"),
        new ContrastEvent.Ended(Trace.Status.FAILED, "c1"));
    assertThat(ask("--paths", "rag")).isEqualTo(ExitCode.FAILED.number());
    assertThat(terminal.out()).contains("the model is gone");
    server.answers("POST /api/contrasts", 200, "text/event-stream", "");
    assertThat(ask()).isEqualTo(ExitCode.NOT_RUNNING.number());
    server.answers(
        "POST /api/contrasts", 429, "application/problem+json", "{\"detail\":\"32 run already\"}");
    assertThat(ask()).isEqualTo(ExitCode.BUSY.number());
    assertThat(terminal.err()).contains("32 run already");
  }
}
