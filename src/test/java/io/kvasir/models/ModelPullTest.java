package io.kvasir.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.Checksum;
import io.kvasir.core.ProblemException;
import io.kvasir.gguf.GgufBytes;
import io.kvasir.gguf.TinyGguf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetching a decoder that is in no catalogue from wherever somebody publishes it. */
final class ModelPullTest {
  private static final long MOST = 8L << 20;

  @TempDir Path folder;
  private GgufServer server;
  private byte[] content;
  private Path root;

  @BeforeEach
  void start() throws IOException {
    content = TinyGguf.of("granite").bytes();
    server = new GgufServer(content);
    root = folder.resolve("models");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void isFetchedCheckedExportedAndKnownFromNowOn() throws IOException {
    List<Double> progress = new ArrayList<>();
    CatalogueEntry entry = store().pull(file(sha256(content), null), progress::add);
    assertThat(entry.name()).isEqualTo("model");
    assertThat(entry.url()).isEqualTo(server.url());
    assertThat(entry.memoryBytes()).isPositive();
    assertThat(progress).isSorted().last().isEqualTo(1.0);
    assertThat(store().entries()).extracting(CatalogueEntry::name).containsExactly("model");
    assertThat(store().check("model", share -> {})).hasSize(2);
  }

  @Test
  void goesOnWhereAnEarlierTryEnded() throws IOException {
    Path partial = root.resolve("sources").resolve(sha256(content).substring(0, 12) + ".gguf.part");
    Files.createDirectories(partial.getParent());
    Files.write(partial, Arrays.copyOf(content, 5_000));
    store().pull(file(sha256(content), "mine"), share -> {});
    assertThat(server.ranges()).containsExactly("bytes=0-0", "bytes=5000-");
    assertThat(store().check("mine", share -> {})).hasSize(2);
  }

  @Test
  void aServerWithoutRangesWillDo() throws IOException {
    server.neverResume();
    assertThat(store().pull(file(sha256(content), "mine"), share -> {}).bytes())
        .isEqualTo(content.length);
  }

  @Test
  void whatHasAnotherChecksumIsRefusedAndNotKept() throws IOException {
    PublishedFile other = file("0".repeat(64), null);
    assertThatThrownBy(() -> store().pull(other, share -> {}))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("has the SHA-256 " + sha256(content));
    assertNothingKept();
  }

  @Test
  void whatCannotBeRunIsRefusedWhenItsHeaderHasCome() throws IOException {
    byte[] hybrid =
        TinyGguf.of("llama")
            .text("general.architecture", "lfm2")
            .whole("lfm2.shortconv.l_cache", 3)
            .tensor("more.weight", new float[1 << 20], 1 << 20)
            .bytes();
    try (GgufServer slow = new GgufServer(hybrid)) {
      slow.stallAfter(hybrid.length / 2);
      PublishedFile file = PublishedFile.of(slow.url(), sha256(hybrid), null, MOST);
      assertThatThrownBy(() -> store().pull(file, share -> {}))
          .hasMessageContaining("lfm2 attention is not all that mixes");
    }
    assertNothingKept();
  }

  @Test
  void whatCannotBeExportedLeavesNothing() throws IOException {
    GgufBytes infinite = TinyGguf.of("granite").withoutTensor("output_norm.weight");
    float[] gains = new float[TinyGguf.HIDDEN];
    gains[3] = Float.POSITIVE_INFINITY;
    byte[] broken = infinite.tensor("output_norm.weight", gains, TinyGguf.HIDDEN).bytes();
    try (GgufServer other = new GgufServer(broken)) {
      PublishedFile file = PublishedFile.of(other.url(), sha256(broken), null, MOST);
      assertThatThrownBy(() -> store().pull(file, share -> {})).hasMessageContaining("finite");
    }
    assertNothingKept();
  }

  @Test
  void whatIsLargerThanTheLimitIsNotBegun() throws IOException {
    PublishedFile file = PublishedFile.of(server.url(), sha256(content), null, 1_000);
    assertThatThrownBy(() -> store().pull(file, share -> {}))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.kind()).isEqualTo(ProblemException.Kind.TOO_LARGE))
        .hasMessageContaining("may have 1,000")
        .hasMessageContaining("models.max-file-bytes");
    assertThat(server.ranges()).containsExactly("bytes=0-0");
  }

  @Test
  void saysWhatTheServerSays() throws IOException {
    PublishedFile file = file(sha256(content), null);
    server.failWith(404);
    assertThatThrownBy(() -> store().pull(file, share -> {}))
        .hasMessageContaining("There is no file at " + server.url());
    server.failWith(503);
    assertThatThrownBy(() -> store().pull(file, share -> {})).hasMessageContaining("answers 503");
    server.close();
    assertThatThrownBy(() -> store().pull(file, share -> {}))
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void aNameBelongsToOneModelAndAFileHasOneName() throws IOException {
    CatalogueEntry first = store().pull(file(sha256(content), "mine"), share -> {});
    assertThat(store().pull(file(sha256(content), "other"), share -> {})).isEqualTo(first);
    assertThatThrownBy(() -> store().pull(file("0".repeat(64), "mine"), share -> {}))
        .hasMessageContaining("other weights");
  }

  @Test
  void onlyWhatIsAnAddressWithAChecksumIsFetched() {
    String sum = "0".repeat(64);
    for (String address :
        List.of("http://example.org/a.gguf", "ftp://example.org/a.gguf", "https:/a.gguf")) {
      assertThatThrownBy(() -> PublishedFile.of(address, sum, null, MOST))
          .as(address)
          .hasMessageContaining("https://");
    }
    assertThatThrownBy(() -> PublishedFile.of("https://a b/", sum, null, MOST))
        .hasMessageContaining("no address");
    assertThatThrownBy(() -> PublishedFile.of("https://example.org/", sum, null, MOST))
        .hasMessageContaining("cannot name a model");
    assertThatThrownBy(() -> PublishedFile.of("https://example.org/a.gguf", "12ab", null, MOST))
        .hasMessageContaining("64 hexadecimal digits");
    PublishedFile file =
        PublishedFile.of(
            "https://example.org/x/Some.Model-Q8_0.gguf?download=true", sum, null, MOST);
    assertThat(file.name()).isEqualTo("Some.Model-Q8_0");
  }

  private void assertNothingKept() throws IOException {
    assertThat(store().entries()).isEmpty();
    try (Stream<Path> left = Files.walk(root)) {
      assertThat(left.filter(Files::isRegularFile))
          .allMatch(path -> path.toString().endsWith(".lock"));
    }
  }

  private PublishedFile file(String checksum, @Nullable String name) {
    return PublishedFile.of(server.url(), checksum, name, MOST);
  }

  private ModelStore store() {
    return new ModelStore(
        root, folder.resolve("shipped"), new Catalogue(List.of(), Map.of(), List.of()));
  }

  private String sha256(byte[] bytes) throws IOException {
    return Checksum.of(Files.write(folder.resolve("sum"), bytes), share -> {});
  }
}
