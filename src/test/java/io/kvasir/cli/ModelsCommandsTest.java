package io.kvasir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decoders as files, with and without a server. */
final class ModelsCommandsTest {
  @TempDir Path folder;
  private SpokenTerminal terminal;

  @BeforeEach
  void open() {
    terminal =
        new SpokenTerminal(Map.of("KVASIR_DATA_DIR", folder.toString(), "KVASIR_HTTP_PORT", "1"));
  }

  @Test
  void withoutAServerTheCatalogueIsListed() {
    assertThat(terminal.run("models", "list")).isZero();
    assertThat(terminal.out())
        .containsPattern("SmolLM2-135M-Instruct +\\w+ +98 MB +en +Apache-2.0 +default")
        .containsPattern("Qwen2.5-Coder-0.5B-Instruct +available +491 MB +en,zh");
  }

  @Test
  void theServerKnowsBetter() {
    try (FakeServer server =
        new FakeServer()
            .answers(
                "GET /api/models",
                200,
                "application/json",
                """
                {"models":[{"name":"tiny","state":"loaded","bytes":2000000,"languages":["en"],
                  "licence":"MIT","isDefault":true,"message":null,
                  "answers":{"source":"tuned","defaults":{"passages":2,"nearness":0.9,
                    "bestLast":true,"blankLine":false,"opening":"answer","loopPenalty":1}}}]}
                """)) {
      assertThat(terminal.run("models", "list", "--server", server.address())).isZero();
      assertThat(terminal.out())
          .containsPattern("tiny +loaded +2 MB +en +MIT +default\\R")
          .contains(
              "answers with nearness 0.9, k 2, order last, wording line+answer, loop-penalty 1.0"
                  + " (measured here)");
    }
  }

  @Test
  void unknownAndAbsentModelsAreNamed() throws Exception {
    assertThat(terminal.run("models", "pull", "Qwen2.5-Coder-0.5B"))
        .isEqualTo(ExitCode.NOT_FOUND.number());
    assertThat(terminal.err()).contains("did you mean \"Qwen2.5-Coder-0.5B-Instruct\"");
    assertThat(terminal.run("models", "check", "Qwen2.5-Coder-0.5B-Instruct"))
        .isEqualTo(ExitCode.NOT_FOUND.number());
    assertThat(terminal.err()).contains("kvasir models pull");
    assertThat(terminal.run("models", "import", folder.toString(), "--name", "own"))
        .isEqualTo(ExitCode.NOT_FOUND.number());
    assertThat(terminal.err()).contains(folder + " is a folder or a device; name the file");
    Path broken = Files.writeString(folder.resolve("broken.gguf"), "GGUF and nothing more");
    assertThat(terminal.run("models", "import", broken.toString()))
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(terminal.run("models", "pul", "x")).isEqualTo(ExitCode.USAGE.number());
    assertThat(terminal.err()).contains("did you mean \"models pull\"");
  }

  @Test
  void anAddressNeedsAChecksumAndANameHasOne() {
    String address = "https://example.org/a.gguf";
    assertThat(terminal.run("models", "pull", address)).isEqualTo(ExitCode.USAGE.number());
    assertThat(terminal.err()).contains("--sha256 is missing");
    assertThat(terminal.run("models", "pull", "http://example.org/a.gguf", "--sha256", "ab"))
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(terminal.err()).contains("64 hexadecimal digits");
    assertThat(terminal.run("models", "pull", "SmolLM2-135M-Instruct", "--sha256", "ab"))
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(terminal.err()).contains("--sha256 has no place here");
    assertThat(terminal.run("models", "pull", address, "--from", address))
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(terminal.err()).contains("--from has no place here");
  }

  @Test
  void weightsFromElsewhereMustBeTheRightOnes() throws Exception {
    Path other = Files.writeString(folder.resolve("other.gguf"), "not these");
    int code =
        terminal.run("models", "pull", "Qwen2.5-Coder-0.5B-Instruct", "--from", other.toString());
    assertThat(code).isEqualTo(ExitCode.USAGE.number());
    assertThat(terminal.err()).contains("SHA-256");
  }
}
