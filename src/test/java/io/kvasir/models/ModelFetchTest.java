package io.kvasir.models;

import static io.kvasir.models.StoreUnderTest.NAME;
import static io.kvasir.models.StoreUnderTest.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetching decoders, from a real server to real folders. */
final class ModelFetchTest {
  @TempDir Path folder;
  private StoreUnderTest there;

  @BeforeEach
  void start() throws IOException {
    there = new StoreUnderTest(folder);
  }

  @AfterEach
  void stop() {
    there.close();
  }

  @Test
  void goesOnWhereAConnectionBroke() throws IOException {
    there.server.breakAfter(there.content.length / 3);
    there.store().pull(NAME, share -> {});
    assertThat(Files.readAllBytes(there.kept())).isEqualTo(there.content);
    assertThat(there.server.ranges()).hasSizeGreaterThanOrEqualTo(3).first().isEqualTo("");
    assertThat(there.server.ranges().get(1)).startsWith("bytes=");
  }

  @Test
  void goesOnWhereAnEarlierTryEnded() throws IOException {
    Files.createDirectories(there.partial().getParent());
    Files.write(there.partial(), Arrays.copyOf(there.content, 5_000));
    there.store().pull(NAME, share -> {});
    assertThat(there.server.ranges()).containsExactly("bytes=5000-");
    assertThat(Files.readAllBytes(there.kept())).isEqualTo(there.content);
  }

  @Test
  void beginsAnewWhereAServerCannotResume() throws IOException {
    Files.createDirectories(there.partial().getParent());
    Files.write(there.partial(), new byte[5_000]);
    there.server.neverResume();
    there.store().pull(NAME, share -> {});
    assertThat(Files.readAllBytes(there.kept())).isEqualTo(there.content);
  }

  @Test
  void keepsWhatArrivedWhenItIsStopped() throws IOException {
    there.server.breakAfter(4_000);
    assertThatThrownBy(
            () ->
                there
                    .store()
                    .pull(
                        NAME,
                        share -> {
                          if (share > 0) {
                            throw new IllegalStateException("stop");
                          }
                        }))
        .hasMessage("stop");
    assertThat(Files.size(there.partial())).isPositive();
    assertThat(there.store().installed(NAME)).isFalse();
  }

  @Test
  void refusesWhatIsNotThePublishedFile() {
    byte[] other = there.content.clone();
    other[other.length - 1] ^= 1;
    try (GgufServer wrong = new GgufServer(other)) {
      assertThatThrownBy(() -> there.store().pull(NAME, wrong.url(), share -> {}))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("SHA-256");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(there.partial()).doesNotExist();
    assertThat(there.store().installed(NAME)).isFalse();
  }

  @Test
  void refusesMoreThanThePublishedSize() throws IOException {
    try (GgufServer wrong =
        new GgufServer(Arrays.copyOf(there.content, there.content.length + 1))) {
      assertThatThrownBy(() -> there.store().pull(NAME, wrong.url(), share -> {}))
          .hasMessageContaining("another file");
    }
  }

  @Test
  void saysWhatTheServerSays() {
    there.server.failWith(404);
    assertThatThrownBy(() -> there.store().pull(NAME, share -> {}))
        .hasMessageContaining("There is no file at " + there.server.url());
    there.server.failWith(403);
    assertThatThrownBy(() -> there.store().pull(NAME, share -> {})).hasMessageContaining("refuses");
    there.server.failWith(503);
    assertThatThrownBy(() -> there.store().pull(NAME, share -> {}))
        .hasMessageContaining("answers 503")
        .hasMessageContaining("try again");
    there.server.close();
    assertThatThrownBy(() -> there.store().pull(NAME, share -> {}))
        .hasMessageContaining("broke off");
  }

  @Test
  void refusesWhatTheDiskCannotHold() {
    ModelStore store = there.store(entry(Long.MAX_VALUE / 4, "0".repeat(64), there.server.url()));
    assertThatThrownBy(() -> store.pull(NAME, share -> {}))
        .hasMessageContaining("make room")
        .hasMessageContaining("models.dir");
    assertThat(there.server.ranges()).isEmpty();
    assertThat(store.hasRoom(NAME)).isFalse();
    assertThat(there.store().hasRoom(NAME)).isTrue();
  }

  @Test
  void takesAFileAtHand() throws IOException {
    Path file = Files.write(folder.resolve("at-hand.gguf"), there.content);
    there.store().pull(NAME, file.toString(), share -> {});
    assertThat(there.store().installed(NAME)).isTrue();
    assertThat(there.server.ranges()).isEmpty();
  }

  @Test
  void oneWriterAtATime() throws IOException {
    List<Throwable> refusals = new ArrayList<>();
    there
        .store()
        .pull(
            NAME,
            share -> {
              try {
                there.store().pull(NAME, ignored -> {});
              } catch (ProblemException e) {
                refusals.add(e);
              }
            });
    assertThat(refusals).isNotEmpty();
    assertThat(refusals.get(0)).hasMessageContaining("already");
    there.store().pull(NAME, share -> {});
  }
}
