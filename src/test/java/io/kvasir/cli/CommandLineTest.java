package io.kvasir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever mistypes is told what was meant, and scripts can trust the exit codes. */
final class CommandLineTest {
  @TempDir Path folder;
  private SpokenTerminal terminal;

  @BeforeEach
  void open() {
    terminal = new SpokenTerminal(Map.of("KVASIR_DATA_DIR", folder.toString()));
  }

  @Test
  void helpIsThereForEverythingAndForEachCommand() {
    assertThat(terminal.run("--help")).isZero();
    assertThat(terminal.out()).contains("ask", "ingest", "settings", "Exit codes");
    assertThat(terminal.run("ask", "--help")).isZero();
    assertThat(terminal.out()).contains("--paths LIST", "--scope", "--json", "--server URL");
    assertThat(terminal.run()).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void unknownNamesAreAnsweredWithTheNearest() {
    assertThat(terminal.run("aks", "x")).isEqualTo(ExitCode.USAGE.number());
    assertThat(terminal.err()).contains("did you mean \"ask\"");
    assertThat(terminal.run("ask", "x", "--path", "rag")).isEqualTo(ExitCode.USAGE.number());
    assertThat(terminal.err()).contains("did you mean \"--paths\"");
    assertThat(terminal.run("ask", "x", "-p")).isEqualTo(ExitCode.USAGE.number());
    assertThat(terminal.run("ask", "x", "--paths", "rga")).isEqualTo(ExitCode.USAGE.number());
    assertThat(terminal.err()).contains("closed-book, rag, attention");
  }

  @Test
  void missingAndSuperfluousWordsAreNamed() {
    assertThat(terminal.run("ask")).isEqualTo(ExitCode.USAGE.number());
    assertThat(terminal.err()).contains("question is missing");
    assertThat(terminal.run("ask", "two", "words")).isEqualTo(ExitCode.USAGE.number());
    assertThat(terminal.err()).contains("quotation marks");
    assertThat(terminal.run("ask", "x", "--seed")).isEqualTo(ExitCode.USAGE.number());
    assertThat(terminal.err()).contains("--seed needs a value");
    assertThat(terminal.run("ask", "x", "--seed", "many")).isEqualTo(ExitCode.USAGE.number());
    assertThat(terminal.err()).contains("--seed needs a number");
    assertThat(terminal.run("ingest")).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void withoutAServerItSaysHowToStartOne() {
    int code = terminal.run("ask", "x", "--server", "http://127.0.0.1:1");
    assertThat(code).isEqualTo(ExitCode.NOT_RUNNING.number());
    assertThat(terminal.err()).contains("kvasir up");
    assertThat(terminal.run("ask", "x", "--server", "localhost:8080"))
        .isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void settingsShowValuesAndRefuseUnknownOnes() {
    assertThat(terminal.run("settings")).isZero();
    assertThat(terminal.out()).contains("http.port=8080", "KVASIR_HTTP_PORT", "0 to 65535");
    assertThat(terminal.run("settings", "--value", "engine.slots")).isZero();
    assertThat(terminal.out()).isEqualTo("6" + System.lineSeparator());
    assertThat(terminal.run("settings", "--value", "engine.slot"))
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(terminal.err()).contains("did you mean \"engine.slots\"");
  }
}
