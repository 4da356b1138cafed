package io.kvasir.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.ProblemException;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.weights.Checksum;
import io.kvasir.weights.ManifestFile;
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

/** Fetching, importing and exporting decoders, from a real server to real folders. */
final class ModelStoreTest {
  private static final String NAME = "Tiny-1";

  @TempDir Path folder;
  private GgufServer server;
  private byte[] content;
  private Path root;

  @BeforeEach
  void start() throws IOException {
    content = TinyGguf.of("llama").bytes();
    server = new GgufServer(content);
    root = folder.resolve("models");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fetchesExportsAndExportsOnlyOnce() throws IOException {
    ModelStore store = store();
    assertThat(store.installed(NAME)).isFalse();
    List<Double> progress = new ArrayList<>();
    store.pull(NAME, progress::add);
    assertThat(store.installed(NAME)).isTrue();
    assertThat(progress).isSorted().last().isEqualTo(1.0);
    Path exported = store.prepare(NAME, share -> {});
    assertThat(ManifestFile.read(exported).name()).isEqualTo(NAME);
    assertThat(ManifestFile.read(exported).label().languages()).containsExactly("de");
    var written = Files.getLastModifiedTime(exported.resolve("model.onnx"));
    assertThat(store.prepare(NAME, share -> {})).isEqualTo(exported);
    assertThat(Files.getLastModifiedTime(exported.resolve("model.onnx"))).isEqualTo(written);
    assertThat(store.check(NAME, share -> {})).hasSize(2);
    store.pull(NAME, share -> {});
    assertThat(server.ranges()).containsExactly("");
  }

  @Test
  void goesOnWhereAConnectionBroke() throws IOException {
    server.breakAfter(content.length / 3);
    store().pull(NAME, share -> {});
    assertThat(Files.readAllBytes(kept())).isEqualTo(content);
    assertThat(server.ranges()).hasSizeGreaterThanOrEqualTo(3).first().isEqualTo("");
    assertThat(server.ranges().get(1)).startsWith("bytes=");
  }

  @Test
  void goesOnWhereAnEarlierTryEnded() throws IOException {
    Files.createDirectories(partial().getParent());
    Files.write(partial(), Arrays.copyOf(content, 5_000));
    store().pull(NAME, share -> {});
    assertThat(server.ranges()).containsExactly("bytes=5000-");
    assertThat(Files.readAllBytes(kept())).isEqualTo(content);
  }

  @Test
  void beginsAnewWhereAServerCannotResume() throws IOException {
    Files.createDirectories(partial().getParent());
    Files.write(partial(), new byte[5_000]);
    server.neverResume();
    store().pull(NAME, share -> {});
    assertThat(Files.readAllBytes(kept())).isEqualTo(content);
  }

  @Test
  void keepsWhatArrivedWhenItIsStopped() throws IOException {
    server.breakAfter(4_000);
    assertThatThrownBy(
            () ->
                store()
                    .pull(
                        NAME,
                        share -> {
                          if (share > 0) {
                            throw new IllegalStateException("stop");
                          }
                        }))
        .hasMessage("stop");
    assertThat(Files.size(partial())).isPositive();
    assertThat(store().installed(NAME)).isFalse();
  }

  @Test
  void refusesWhatIsNotThePublishedFile() {
    byte[] other = content.clone();
    other[other.length - 1] ^= 1;
    try (GgufServer wrong = new GgufServer(other)) {
      assertThatThrownBy(() -> store().pull(NAME, wrong.url(), share -> {}))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("SHA-256");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(partial()).doesNotExist();
    assertThat(store().installed(NAME)).isFalse();
  }

  @Test
  void refusesMoreThanThePublishedSize() throws IOException {
    try (GgufServer wrong = new GgufServer(Arrays.copyOf(content, content.length + 1))) {
      assertThatThrownBy(() -> store().pull(NAME, wrong.url(), share -> {}))
          .hasMessageContaining("another file");
    }
  }

  @Test
  void saysWhatTheServerSays() {
    server.failWith(404);
    assertThatThrownBy(() -> store().pull(NAME, share -> {}))
        .hasMessageContaining("There is no file at " + server.url());
    server.failWith(403);
    assertThatThrownBy(() -> store().pull(NAME, share -> {})).hasMessageContaining("refuses");
    server.failWith(503);
    assertThatThrownBy(() -> store().pull(NAME, share -> {}))
        .hasMessageContaining("answers 503")
        .hasMessageContaining("try again");
    server.close();
    assertThatThrownBy(() -> store().pull(NAME, share -> {})).hasMessageContaining("broke off");
  }

  @Test
  void refusesWhatTheDiskCannotHold() {
    ModelStore store = store(entry(Long.MAX_VALUE / 4, "0".repeat(64), server.url()));
    assertThatThrownBy(() -> store.pull(NAME, share -> {}))
        .hasMessageContaining("make room")
        .hasMessageContaining("models.dir");
    assertThat(server.ranges()).isEmpty();
    assertThat(store.hasRoom(NAME)).isFalse();
    assertThat(store().hasRoom(NAME)).isTrue();
  }

  @Test
  void takesAFileAtHand() throws IOException {
    Path file = Files.write(folder.resolve("at-hand.gguf"), content);
    store().pull(NAME, file.toString(), share -> {});
    assertThat(store().installed(NAME)).isTrue();
    assertThat(server.ranges()).isEmpty();
  }

  @Test
  void findsTheWeightsThatComeWithIt() throws IOException {
    Path shipped = Files.createDirectories(folder.resolve("shipped"));
    Files.write(shipped.resolve("tiny.gguf"), content);
    Path old = root.resolve("decoders").resolve(NAME + "-0123456789ab-0.9");
    Files.createDirectories(old);
    Path oldHalf = root.resolve("decoders").resolve(NAME + "-0123456789ab-0.9-float16");
    Files.createDirectories(oldHalf);
    Path others = Files.createDirectories(root.resolve("decoders/Tiny-10-0123456789ab-0.9"));
    Path exported = store().prepare(NAME, share -> {});
    assertThat(exported).exists();
    assertThat(old).doesNotExist();
    assertThat(oldHalf).doesNotExist();
    assertThat(others).exists();
  }

  @Test
  void everyProviderHasItsOwnExport() throws IOException {
    Files.createDirectories(kept().getParent());
    Files.write(kept(), content);
    ModelStore processor = store();
    ModelStore gpu =
        new ModelStore(
            root,
            folder.resolve("shipped"),
            new Catalogue(
                List.of(entry(content.length, sha256(), server.url())), Map.of(), List.of()),
            AttentionPrecision.on("cuda"));
    Path single = processor.prepare(NAME, share -> {});
    Path half = gpu.prepare(NAME, share -> {});
    assertThat(half).isNotEqualTo(single).hasFileName(single.getFileName() + "-float16");
    assertThat(ModelFolder.check(single).origin().format()).isEqualTo("int8-block32");
    assertThat(ModelFolder.check(half).origin().format())
        .isEqualTo("int8-block32, float16 attention");
    assertThat(gpu.check(NAME, share -> {})).last().asString().contains("float16");
    Files.delete(single.resolve("manifest.json"));
    Files.delete(kept());
    assertThat(gpu.prepare(NAME, share -> {})).isEqualTo(half);
    assertThat(single).exists();
  }

  @Test
  void exportsNothingFromDamagedWeights() throws IOException {
    byte[] damaged = content.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.createDirectories(kept().getParent());
    Files.write(kept(), damaged);
    assertThatThrownBy(() -> store().prepare(NAME, share -> {})).hasMessageContaining("SHA-256");
    assertThatThrownBy(() -> store().check(NAME, share -> {})).hasMessageContaining("SHA-256");
    assertThat(root.resolve("decoders")).doesNotExist();
  }

  @Test
  void importsAFileUnderItsName() throws IOException {
    Path file = TinyGguf.of("qwen2").write(folder.resolve("My model (v2).gguf"));
    CatalogueEntry entry = store().importFile(file, null, share -> {});
    assertThat(entry.name()).isEqualTo("My-model-v2-");
    assertThat(entry.context()).isEqualTo(TinyGguf.CONTEXT);
    assertThat(entry.memoryBytes()).isPositive();
    assertThat(entry.tokenBytes()).isPositive();
    Files.delete(file);
    ModelStore later = store();
    assertThat(later.entries()).extracting(CatalogueEntry::name).contains(NAME, "My-model-v2-");
    assertThat(later.prepare("My-model-v2-", share -> {})).exists();
    assertThat(later.check("My-model-v2-", share -> {})).hasSize(2);
  }

  @Test
  void aModelThatALaterVersionTookInHidesNoOther() throws IOException {
    Path file = TinyGguf.of("qwen2").write(folder.resolve("mine.gguf"));
    store().importFile(file, null, share -> {});
    Files.writeString(
        root.resolve("sources/later.json"), "{\"kind\": \"image\", \"name\": \"later\"}");
    assertThat(store().entries()).extracting(CatalogueEntry::name).containsExactly(NAME, "mine");
  }

  @Test
  void recognisesAFileOfTheCatalogue() throws IOException {
    Path file = Files.write(folder.resolve("renamed.gguf"), content);
    assertThat(store().importFile(file, null, share -> {}).name()).isEqualTo(NAME);
    assertThat(store().entries()).hasSize(1);
    Path other = TinyGguf.write(folder, "qwen2");
    assertThatThrownBy(() -> store().importFile(other, NAME, share -> {}))
        .hasMessageContaining("other weights");
  }

  @Test
  void importsNothingOfABrokenFile() throws IOException {
    Path file = Files.write(folder.resolve("broken.gguf"), Arrays.copyOf(content, 30_000));
    assertThatThrownBy(() -> store().importFile(file, null, share -> {}))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("tensor");
    assertThat(store().entries()).hasSize(1);
    try (Stream<Path> left = Files.walk(root)) {
      assertThat(left.filter(Files::isRegularFile))
          .allMatch(path -> path.toString().endsWith(".lock"));
    }
  }

  @Test
  void oneWriterAtATime() throws IOException {
    List<Throwable> refusals = new ArrayList<>();
    store()
        .pull(
            NAME,
            share -> {
              try {
                store().pull(NAME, ignored -> {});
              } catch (ProblemException e) {
                refusals.add(e);
              }
            });
    assertThat(refusals).isNotEmpty();
    assertThat(refusals.get(0)).hasMessageContaining("already");
    store().pull(NAME, share -> {});
  }

  @Test
  void checkFindsACutDataFile() throws IOException {
    ModelStore store = store();
    store.pull(NAME, share -> {});
    Path data = store.prepare(NAME, share -> {}).resolve("model.onnx.data");
    Files.write(data, Arrays.copyOf(Files.readAllBytes(data), 1_000));
    assertThatThrownBy(() -> store.check(NAME, share -> {}))
        .hasMessageContaining("damaged")
        .hasMessageContaining("tensor");
  }

  @Test
  void checkFindsAFlippedBit() throws IOException {
    ModelStore store = store();
    store.pull(NAME, share -> {});
    Path data = store.prepare(NAME, share -> {}).resolve("model.onnx.data");
    byte[] bytes = Files.readAllBytes(data);
    bytes[bytes.length / 2] ^= 1;
    Files.write(data, bytes);

    assertThatThrownBy(() -> store.check(NAME, share -> {}))
        .hasMessageContaining("model.onnx.data")
        .hasMessageContaining("damaged");
  }

  @Test
  void anUnknownNameHearsTheNearest() {
    assertThatThrownBy(() -> store().prepare("tiny1", share -> {})).hasMessageContaining(NAME);
    assertThatThrownBy(() -> store().prepare(NAME, share -> {}))
        .hasMessageContaining("kvasir models pull " + NAME);
  }

  @Test
  void theShippedCatalogueNamesTheShippedFile() throws IOException {
    CatalogueEntry standard = Catalogue.shipped().decoders().get(0);
    assertThat(standard.bundled()).isTrue();
    Path file = Path.of("models").resolve(standard.file());
    assertThat(Files.size(file)).isEqualTo(standard.bytes());
    assertThat(Checksum.of(file, share -> {})).isEqualTo(standard.sha256());
  }

  private Path kept() {
    return root.resolve("sources/tiny.gguf");
  }

  private Path partial() {
    return root.resolve("sources/tiny.gguf.part");
  }

  private ModelStore store() {
    return store(entry(content.length, sha256(), server.url()));
  }

  private ModelStore store(CatalogueEntry entry) {
    return new ModelStore(
        root, folder.resolve("shipped"), new Catalogue(List.of(entry), Map.of(), List.of()));
  }

  private String sha256() {
    try {
      return Checksum.of(Files.write(folder.resolve("whole"), content), share -> {});
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static CatalogueEntry entry(long bytes, String sha256, @Nullable String url) {
    return new CatalogueEntry(
        NAME, "Tiny", List.of("de"), "MIT", bytes, sha256, url, "tiny.gguf", 512, 1, 1, true);
  }
}
