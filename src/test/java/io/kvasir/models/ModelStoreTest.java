package io.kvasir.models;

import static io.kvasir.models.StoreUnderTest.NAME;
import static io.kvasir.models.StoreUnderTest.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.Checksum;
import io.kvasir.core.ProblemException;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.weights.ManifestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Importing, exporting and checking decoders, in real folders. */
final class ModelStoreTest {
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
  void fetchesExportsAndExportsOnlyOnce() throws IOException {
    ModelStore store = there.store();
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
    assertThat(there.server.ranges()).containsExactly("");
  }

  @Test
  void findsTheWeightsThatComeWithIt() throws IOException {
    Path shipped = Files.createDirectories(folder.resolve("shipped"));
    Files.write(shipped.resolve("tiny.gguf"), there.content);
    Path old = there.root.resolve("decoders").resolve(NAME + "-0123456789ab-0.9");
    Files.createDirectories(old);
    Path oldHalf = there.root.resolve("decoders").resolve(NAME + "-0123456789ab-0.9-float16");
    Files.createDirectories(oldHalf);
    Path others = Files.createDirectories(there.root.resolve("decoders/Tiny-10-0123456789ab-0.9"));
    Path exported = there.store().prepare(NAME, share -> {});
    assertThat(exported).exists();
    assertThat(old).doesNotExist();
    assertThat(oldHalf).doesNotExist();
    assertThat(others).exists();
  }

  @Test
  void everyProviderHasItsOwnExport() throws IOException {
    Files.createDirectories(there.kept().getParent());
    Files.write(there.kept(), there.content);
    ModelStore processor = there.store();
    ModelStore gpu = there.store(AttentionPrecision.on("cuda"));
    Path single = processor.prepare(NAME, share -> {});
    Path half = gpu.prepare(NAME, share -> {});
    assertThat(half).isNotEqualTo(single).hasFileName(single.getFileName() + "-float16");
    assertThat(ModelFolder.check(single).origin().format()).isEqualTo("int8-block32");
    assertThat(ModelFolder.check(half).origin().format())
        .isEqualTo("int8-block32, float16 attention");
    assertThat(gpu.check(NAME, share -> {})).last().asString().contains("float16");
    Files.delete(single.resolve("manifest.json"));
    Files.delete(there.kept());
    assertThat(gpu.prepare(NAME, share -> {})).isEqualTo(half);
    assertThat(single).exists();
  }

  @Test
  void exportsNothingFromDamagedWeights() throws IOException {
    byte[] damaged = there.content.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.createDirectories(there.kept().getParent());
    Files.write(there.kept(), damaged);
    assertThatThrownBy(() -> there.store().prepare(NAME, share -> {}))
        .hasMessageContaining("SHA-256");
    assertThatThrownBy(() -> there.store().check(NAME, share -> {}))
        .hasMessageContaining("SHA-256");
    assertThat(there.root.resolve("decoders")).doesNotExist();
  }

  @Test
  void importsAFileUnderItsName() throws IOException {
    Path file = TinyGguf.of("qwen2").write(folder.resolve("My model (v2).gguf"));
    CatalogueEntry entry = there.store().importFile(file, null, share -> {});
    assertThat(entry.name()).isEqualTo("My-model-v2-");
    assertThat(entry.context()).isEqualTo(TinyGguf.CONTEXT);
    assertThat(entry.memoryBytes()).isPositive();
    assertThat(entry.tokenBytes()).isPositive();
    Files.delete(file);
    ModelStore later = there.store();
    assertThat(later.entries()).extracting(CatalogueEntry::name).contains(NAME, "My-model-v2-");
    assertThat(later.prepare("My-model-v2-", share -> {})).exists();
    assertThat(later.check("My-model-v2-", share -> {})).hasSize(2);
  }

  @Test
  void aModelThatALaterVersionTookInHidesNoOther() throws IOException {
    Path file = TinyGguf.of("qwen2").write(folder.resolve("mine.gguf"));
    there.store().importFile(file, null, share -> {});
    Files.writeString(
        there.root.resolve("sources/later.json"), "{\"kind\": \"image\", \"name\": \"later\"}");
    assertThat(there.store().entries())
        .extracting(CatalogueEntry::name)
        .containsExactly(NAME, "mine");
  }

  @Test
  void recognisesAFileOfTheCatalogue() throws IOException {
    Path file = Files.write(folder.resolve("renamed.gguf"), there.content);
    assertThat(there.store().importFile(file, null, share -> {}).name()).isEqualTo(NAME);
    assertThat(there.store().entries()).hasSize(1);
    Path other = TinyGguf.write(folder, "qwen2");
    assertThatThrownBy(() -> there.store().importFile(other, NAME, share -> {}))
        .hasMessageContaining("other weights");
  }

  @Test
  void importsNothingOfABrokenFile() throws IOException {
    Path file = Files.write(folder.resolve("broken.gguf"), Arrays.copyOf(there.content, 30_000));
    assertThatThrownBy(() -> there.store().importFile(file, null, share -> {}))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("tensor");
    assertThat(there.store().entries()).hasSize(1);
    try (Stream<Path> left = Files.walk(there.root)) {
      assertThat(left.filter(Files::isRegularFile))
          .allMatch(path -> path.toString().endsWith(".lock"));
    }
  }

  @Test
  void checkFindsACutDataFile() throws IOException {
    ModelStore store = there.store();
    store.pull(NAME, share -> {});
    Path data = store.prepare(NAME, share -> {}).resolve("model.onnx.data");
    Files.write(data, Arrays.copyOf(Files.readAllBytes(data), 1_000));
    assertThatThrownBy(() -> store.check(NAME, share -> {}))
        .hasMessageContaining("damaged")
        .hasMessageContaining("tensor");
  }

  @Test
  void checkFindsAFlippedBit() throws IOException {
    ModelStore store = there.store();
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
    assertThatThrownBy(() -> there.store().prepare("tiny1", share -> {}))
        .hasMessageContaining(NAME);
    assertThatThrownBy(() -> there.store().prepare(NAME, share -> {}))
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
}
