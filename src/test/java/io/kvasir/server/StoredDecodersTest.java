package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.models.Catalogue;
import io.kvasir.models.CatalogueEntry;
import io.kvasir.models.ModelStore;
import io.kvasir.models.TunedAnswers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An uploaded file becomes a decoder that is known by the file's name, and nothing of it is left.
 */
final class StoredDecodersTest {
  @TempDir Path folder;

  @Test
  void takesInWhatWasUploaded() throws Exception {
    StoredDecoders decoders = decoders();
    Path uploads = Files.createDirectory(folder.resolve("uploads"));
    Path file = TinyGguf.of("llama").write(uploads.resolve("0f3c.file"));

    CatalogueEntry described = decoders.describe(file, "My own (1).gguf");
    CatalogueEntry taken = decoders.take(file, described.name(), done -> {});

    assertThat(taken.name()).isEqualTo(described.name()).isEqualTo("My-own-1-");
    assertThat(decoders.installed("My-own-1-")).isTrue();
    assertThat(taken.memoryBytes()).isPositive();
    try (Stream<Path> left = Files.list(uploads)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void refusesWhatIsNoDecoderBeforeItIsTakenIn() throws Exception {
    Path file = Files.writeString(folder.resolve("words"), "not a decoder, but some words");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> decoders().describe(file, "words.gguf"))
        .returns(Kind.INVALID, ProblemException::kind);
  }

  private StoredDecoders decoders() {
    Path root = folder.resolve("models");
    return new StoredDecoders(
        new ModelStore(root, folder.resolve("shipped"), Catalogue.shipped()),
        new TunedAnswers(root, Catalogue.shipped()));
  }
}
