package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads of servers that were killed are deleted, those of servers at work are not. */
final class UploadFolderTest {
  @TempDir Path all;

  /** A server as far as its uploads go, in a process of its own. */
  static final class Claimer {
    private Claimer() {}

    public static void main(String[] folder) throws Exception {
      Path path = UploadFolder.claim(Path.of(folder[0])).path();
      Files.writeString(path.resolve("half.body"), "half an upload");
      System.out.println(path);
      Thread.sleep(Duration.ofMinutes(5).toMillis());
    }
  }

  private record Other(Process process, Path path) {}

  private Other start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Claimer.class.getName(),
                all.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new Other(process, Path.of(process.inputReader().readLine()));
  }

  @Test
  void whatAKilledServerLeftIsDeletedAndWhatAnotherHasIsNot() throws Exception {
    Other killed = start();
    Other working = start();
    try {
      UploadFolder here = UploadFolder.claim(all);
      Files.writeString(here.path().resolve("a.upload"), "a");
      assertThat(files()).hasSize(3);

      killed.process().destroyForcibly().waitFor();
      UploadFolder next = UploadFolder.claim(all);

      assertThat(killed.path()).doesNotExist();
      assertThat(working.path().resolve("half.body")).exists();
      assertThat(here.path().resolve("a.upload")).exists();
      working.process().destroyForcibly().waitFor();
      next.close();
      UploadFolder.claim(all).close();
      assertThat(files()).containsExactly(here.path().resolve("a.upload"));
      here.close();
      assertThat(files()).isEmpty();
    } finally {
      killed.process().destroyForcibly();
      working.process().destroyForcibly();
    }
  }

  @Test
  void twentyKillsLeaveNoMoreThanOne() throws Exception {
    for (int kill = 0; kill < 20; kill++) {
      Path left = Files.createDirectory(all.resolve("server-" + kill));
      Files.writeString(all.resolve("server-" + kill + ".lock"), "");
      for (int file = 0; file < 63; file++) {
        Files.writeString(left.resolve(file + ".upload"), "");
      }
      UploadFolder.claim(all).close();
      assertThat(files()).isEmpty();
    }
    try (Stream<Path> entries = Files.list(all)) {
      assertThat(entries).as("what claims them").hasSize(1);
    }
  }

  @Test
  void filesOfEarlierVersionsGoOnceTheyAreOld() throws Exception {
    Path old = Files.writeString(all.resolve("0b5e.upload"), "old");
    Path fresh = Files.writeString(all.resolve("0b5f-3"), "fresh");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));

    UploadFolder.claim(all).close();

    assertThat(files()).containsExactly(fresh);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(all)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".lock"))
          .toList();
    }
  }
}
