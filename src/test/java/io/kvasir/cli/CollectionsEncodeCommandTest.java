package io.kvasir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collection is encoded anew from the terminal, and that can be stopped again. */
final class CollectionsEncodeCommandTest {
  @TempDir Path folder;
  private SpokenTerminal terminal;
  private FakeServer server;

  @BeforeEach
  void open() {
    terminal =
        new SpokenTerminal(Map.of("KVASIR_DATA_DIR", folder.resolve("data").toString()), true);
    server = new FakeServer();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theJobIsFollowedToItsEndByItsPassages() {
    server
        .answers(
            "POST /api/collections/notes/encode",
            202,
            "application/json",
            """
            {"id":"j","finished":false,"passagesDone":3,"passagesPerSecond":1.5,"files":[
              {"name":"other","state":"running","passages":3,"error":null,"notes":[]}]}
            """)
        .answers("GET /api/collections/notes", 200, "application/json", "{\"passages\":7}")
        .answers(
            "GET /api/jobs/j",
            200,
            "application/json",
            """
            {"id":"j","finished":true,"passagesDone":7,"files":[
              {"name":"other","state":"done","passages":7,"error":null,"notes":[]}]}
            """);
    assertThat(run("--encoder", "other")).isZero();
    assertThat(server.bodyOf("POST /api/collections/notes/encode"))
        .isEqualTo("{\"encoder\":\"other\"}");
    assertThat(terminal.out()).contains("notes: 7 passages are encoded with other");
    assertThat(terminal.err()).contains("3 of 7 passages");
  }

  @Test
  void whatFailedIsSaid() {
    server
        .answers(
            "POST /api/collections/notes/encode",
            202,
            "application/json",
            """
            {"id":"j","finished":true,"passagesDone":0,"files":[
              {"name":"other","state":"failed","passages":0,"error":"no room","notes":[]}]}
            """)
        .answers("GET /api/collections/notes", 200, "application/json", "{\"passages\":7}");
    assertThat(run("--encoder", "other")).isEqualTo(ExitCode.FAILED.number());
    assertThat(terminal.err()).contains("failed: other: no room");
  }

  @Test
  void theOneThatRunsIsStoppedAndNoUpload() {
    server
        .answers(
            "GET /api/jobs",
            200,
            "application/json",
            """
            {"jobs":[{"id":"upload","collection":"notes","finished":false,"encodes":false},
                     {"id":"earlier","collection":"notes","finished":true,"encodes":true},
                     {"id":"elsewhere","collection":"others","finished":false,"encodes":true},
                     {"id":"this","collection":"notes","finished":false,"encodes":true}]}
            """)
        .answers("DELETE /api/jobs/this", 204, "application/json", "");
    assertThat(run("--cancel")).isZero();
    assertThat(terminal.out()).contains("notes: stopped");
  }

  @Test
  void nothingToStopIsSaid() {
    server.answers("GET /api/jobs", 200, "application/json", "{\"jobs\":[]}");
    assertThat(run("--cancel")).isEqualTo(ExitCode.NOT_FOUND.number());
    assertThat(terminal.err()).contains("notes is not being encoded anew");
  }

  @Test
  void eitherAnEncoderOrCancel() {
    assertThat(run()).isEqualTo(ExitCode.USAGE.number());
    assertThat(run("--cancel", "--encoder", "other")).isEqualTo(ExitCode.USAGE.number());
  }

  private int run(String... options) {
    String[] words = new String[options.length + 5];
    System.arraycopy(new String[] {"collections", "encode", "notes"}, 0, words, 0, 3);
    System.arraycopy(options, 0, words, 3, options.length);
    words[words.length - 2] = "--server";
    words[words.length - 1] = server.address();
    return terminal.run(words);
  }
}
