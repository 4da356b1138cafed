package io.kvasir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's log has a size, whatever the server says, and loses nothing of the newest. */
final class KeepLogTest {
  private static final int MOST = 20_000;

  @TempDir Path folder;

  private Path log() {
    return folder.resolve("it's a log");
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of("src/launcher/keep-log.sh").toAbsolutePath().toString(),
            log().toString(),
            Integer.toString(MOST))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private void say(String text) throws Exception {
    Process keeper = start();
    try (OutputStream said = keeper.getOutputStream()) {
      said.write(text.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(keeper.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(keeper.exitValue()).isZero();
  }

  @Test
  void itStaysWithinItsSizeAndHasTheNewestLines() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int line = 0; line < 3_000; line++) {
      lines.append("line ").append(line).append(" of a server that says ä lot\n");
    }
    say(lines.toString());

    Path before = folder.resolve("it's a log.1");
    assertThat(Files.size(log())).isLessThanOrEqualTo(MOST);
    assertThat(Files.size(before)).isBetween(MOST / 2L, (long) MOST);
    String kept = Files.readString(before) + Files.readString(log());
    assertThat(lines.toString()).endsWith(kept);
  }

  @Test
  void aNewStartGoesOnInTheSameFileAndALongLineIsCut() throws Exception {
    say("first\n");
    say("second\n");
    assertThat(log()).hasContent("first\nsecond\n");
    say("x".repeat(1_000_000) + "\nlast\n");

    assertThat(Files.size(folder.resolve("it's a log.1"))).isLessThan(66_000);
    assertThat(log()).hasContent("last\n");
  }

  @Test
  void aLineIsThereAtOnce() throws Exception {
    Process keeper = start();
    try (OutputStream said = keeper.getOutputStream()) {
      said.write("listening\n".getBytes(StandardCharsets.UTF_8));
      said.flush();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!Files.exists(log()) || Files.size(log()) == 0) {
        assertThat(System.nanoTime()).as("20 s later").isLessThan(end);
        Thread.sleep(10);
      }
    }
    assertThat(log()).hasContent("listening\n");
  }
}
