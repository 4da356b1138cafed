package io.kvasir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is chosen of what was tried, and what becomes of it. */
final class AnswerTuningTest {
  private static final String TODAY =
      "\"nearness\":\"0.95\",\"k\":\"4\",\"order\":\"first\",\"wording\":\"blank-line+passage\","
          + "\"loop-penalty\":\"3.0\"";
  private static final String OTHER =
      "\"nearness\":\"0.9\",\"k\":\"2\",\"order\":\"last\",\"wording\":\"line+none\","
          + "\"loop-penalty\":\"1.0\"";
  private static final String KEEP = "PUT /api/models/tiny/answers";
  private static final int STEPS = 5;

  @TempDir private Path folder;
  private SpokenTerminal terminal;
  private FakeServer server;
  private Path dataset;

  @BeforeEach
  void open() throws IOException {
    terminal = new SpokenTerminal(Map.of("KVASIR_DATA_DIR", folder.resolve("data").toString()));
    dataset =
        Files.writeString(folder.resolve("questions.csv"), "question,answer,context\na,b,c\n");
    server =
        new FakeServer()
            .answersInTurn(
                "GET /api/models",
                List.of(
                    """
                    {"models":[{"name":"tiny","answers":{"source":"safe","defaults":
                      {"passages":4,"nearness":0.95,"bestLast":false,"blankLine":true,
                       "opening":"passage","loopPenalty":3}}}]}"""))
            .answersInTurn(
                "POST /api/experiments", List.of("{\"id\":\"e\",\"state\":\"complete\"}"))
            .answersInTurn(KEEP, List.of("{}"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private int tune(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("eval", "--tune", "tiny", "--dataset", dataset.toString(), "--server"));
    words.add(server.address());
    words.addAll(List.of(more));
    return terminal.run(words.toArray(String[]::new));
  }

  /** Four questions with two values of each setting. */
  private static String report(String today, String other) {
    List<String> results = new ArrayList<>();
    for (int question = 0; question < 4; question++) {
      results.add(
          "{\"question\":\"q%d\",\"row\":\"today\",\"values\":%s}".formatted(question, today));
      results.add(
          "{\"question\":\"q%d\",\"row\":\"other\",\"values\":%s}".formatted(question, other));
    }
    return """
        {"rows":[{"name":"today","settings":{%s}},{"name":"other","settings":{%s}}],"results":[%s]}"""
        .formatted(TODAY, OTHER, String.join(",", results));
  }

  private static String answers(double contained, double loops) {
    return "{\"contained\":%s,\"f1\":%s,\"loops\":%s}".formatted(contained, contained, loops);
  }

  @Test
  void whatIsWorthMoreIsKept() throws Exception {
    server.answersInTurn(
        "GET /api/experiments/e/report.json", List.of(report(answers(0, 0), answers(1, 0))));

    assertThat(tune()).as(terminal.err()).isZero();

    assertThat(Json.MAPPER.readTree(server.bodyOf(KEEP)))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"passages":2,"nearness":0.9,"bestLast":true,"blankLine":false,"opening":"none",
                 "loopPenalty":1.0,"measured":"4 questions of the half to choose on of %s"}"""
                    .formatted(dataset)));
    assertThat(terminal.out())
        .contains("* 0.9", "1.000 [1.000, 1.000]", "+1.000 [+1.000, +1.000]")
        .contains("tiny answers with nearness 0.9, k 2, order last");
    assertThat(server.asked.stream().filter(one -> one.line().equals("POST /api/experiments")))
        .hasSize(STEPS + 2)
        .first()
        .satisfies(
            first ->
                assertThat(first.body())
                    .contains("\"half\":\"choose\"", "\"nearness\":[\"0.95\",\"0.9\""));
  }

  @Test
  void whatContainsTheAnswerByGoingInCirclesIsWorthNothing() throws Exception {
    server.answersInTurn(
        "GET /api/experiments/e/report.json", List.of(report(answers(0.5, 0), answers(1, 1))));

    assertThat(tune()).as(terminal.err()).isZero();

    assertThat(Json.MAPPER.readTree(server.bodyOf(KEEP)).path("nearness").asDouble())
        .isEqualTo(0.95);
  }

  @Test
  void whatDoesWorseOnTheOtherHalfIsNotKept() {
    List<String> reports =
        new ArrayList<>(Collections.nCopies(STEPS, report(answers(0, 0), answers(1, 0))));
    reports.add(report(answers(1, 0), answers(1, 0)));
    reports.add(report(answers(0, 0), answers(0, 0)));
    server.answersInTurn("GET /api/experiments/e/report.json", reports);

    assertThat(tune()).isEqualTo(ExitCode.FAILED.number());

    assertThat(terminal.err()).contains("does worse on the other half");
    assertThat(server.asked).noneMatch(one -> one.line().equals(KEEP));
  }

  @Test
  void whatTuningDecidesCannotBeSaid() {
    assertThat(tune("--matrix", "k=1,2")).isEqualTo(ExitCode.USAGE.number());
    assertThat(terminal.err()).contains("--matrix cannot be said with --tune");
  }
}
