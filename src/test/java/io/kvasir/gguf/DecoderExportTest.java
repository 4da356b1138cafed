package io.kvasir.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import io.kvasir.models.ModelFolder;
import io.kvasir.weights.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an export writes besides numbers. */
final class DecoderExportTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2", "granite"})
  void theSameFileGivesTheSameBytes(String architecture) throws IOException {
    Path one = TinyGguf.export(folder.resolve("one"), architecture);
    Path other = TinyGguf.export(folder.resolve("other"), architecture);
    for (String name :
        List.of("model.onnx", "model.onnx.data", "tokenizer.json", "manifest.json")) {
      assertThat(Files.mismatch(one.resolve(name), other.resolve(name))).as(name).isEqualTo(-1);
    }
  }

  @Test
  void theManifestSaysWhatTheFileSays() throws IOException {
    ModelManifest manifest = ModelFolder.check(TinyGguf.export(folder, "qwen2"));
    assertThat(manifest.origin().architecture()).isEqualTo("qwen2");
    assertThat(manifest.origin().format()).isEqualTo("int8-block32");
    assertThat(manifest.layers()).hasSize(TinyGguf.LAYERS);
    assertThat(manifest.heads().keyValue()).isEqualTo(TinyGguf.KV_HEADS);
    assertThat(manifest.heads().size()).isEqualTo(TinyGguf.HEAD_SIZE);
    assertThat(manifest.sizes().context()).isEqualTo(TinyGguf.CONTEXT);
    assertThat(manifest.sizes().vocabulary()).isEqualTo(TinyGguf.tokens().size());
    assertThat(manifest.dialogue().bosToken()).isNull();
    assertThat(manifest.dialogue().eosTokens()).containsExactly(2, 0);
    assertThat(manifest.dialogue().chatTemplate()).contains("<|im_start|>");
    assertThat(manifest.label().languages()).containsExactly("en");
    assertThat(manifest.label().licence()).isEqualTo("apache-2.0");
  }

  @Test
  void aTemplateIsAssumedOnlyWhereItsMarksAre() throws IOException {
    GgufBytes file = TinyGguf.of("llama").without("tokenizer.chat_template");
    try (GgufFile gguf = GgufFile.open(file.write(folder.resolve("chatml.gguf")))) {
      assertThat(Vocabulary.of(gguf.metadata(), TinyGguf.tokens().size()).chatTemplate())
          .contains("<|im_start|>");
    }
    List<String> other = new ArrayList<>(TinyGguf.tokens());
    other.set(1, "<turn>");
    file.texts("tokenizer.ggml.tokens", other);
    try (GgufFile gguf = GgufFile.open(file.write(folder.resolve("other.gguf")))) {
      assertThatThrownBy(() -> Vocabulary.of(gguf.metadata(), other.size()))
          .hasMessageContaining("tokenizer.chat_template");
    }
  }

  @Test
  void aTemplateLongerThanAnyIsRefusedWhenItIsImported() throws IOException {
    String template = "x".repeat(ModelManifest.MAX_TEMPLATE_CHARACTERS + 1);
    GgufBytes file = TinyGguf.of("llama").text("tokenizer.chat_template", template);
    try (GgufFile gguf = GgufFile.open(file.write(folder.resolve("long.gguf")))) {
      assertThatThrownBy(() -> Vocabulary.of(gguf.metadata(), TinyGguf.tokens().size()))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("tokenizer.chat_template has 65,537 characters, and may have");
    }
  }

  @Test
  void aStoppedExportLeavesNothing() throws IOException {
    Path file = TinyGguf.write(folder, "llama");
    Path target = folder.resolve("out/decoder");
    assertThatThrownBy(
            () ->
                DecoderExport.export(
                    file,
                    target,
                    ExportOptions.of("tiny", "0".repeat(64)),
                    share -> {
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");
    assertThat(target.getParent()).isEmptyDirectory();
  }
}
