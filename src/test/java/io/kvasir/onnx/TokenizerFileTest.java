package io.kvasir.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.models.Catalogue;
import io.kvasir.models.ModelStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exported tokenizers cut text as the reference does. */
@Tag("slow")
final class TokenizerFileTest {
  @TempDir Path folder;

  /** The ids are those of the Python package tokenizers, set up from the same file. */
  @Test
  void theDefaultDecoderTokenizesAsTheReference() throws Exception {
    ModelStore store = new ModelStore(folder, Path.of("models"), Catalogue.shipped());
    Path exported = store.prepare("SmolLM2-135M-Instruct", share -> {});
    try (HuggingFaceTokenizer tokenizer = open(exported)) {
      assertThat(ids(tokenizer, "How do I find out which package a file belongs to?"))
          .containsExactly(2020, 536, 339, 1042, 578, 527, 8567, 253, 2301, 12698, 288, 47);
      assertThat(ids(tokenizer, "<|im_start|>user\nHello, world!<|im_end|>\n"))
          .containsExactly(1, 4093, 198, 19556, 28, 905, 17, 2, 198);
      assertThat(ids(tokenizer, "It's 2026: 12345.67 apples, caf\u00e9 na\u00efve"))
          .containsExactly(
              1589, 506, 216, 34, 32, 34, 38, 42, 216, 33, 34, 35, 36, 37, 30, 38, 39, 13855, 28,
              37366, 15486, 46494);
      String mixed = "\u4f60\u597d\uff0c\u4e16\u754c \ud83d\ude00  two  spaces\n\n\ttab";
      assertThat(ids(tokenizer, mixed))
          .containsExactly(
              18645, 250, 48392, 138, 12831, 7906, 240, 178, 239, 230, 40303, 218, 216, 827, 216,
              5600, 1116, 197, 15999);
      assertThat(tokenizer.decode(ids(tokenizer, mixed))).isEqualTo(mixed);
    }
  }

  @Test
  void qwenComposesAndSplitsDigitsAndKeepsTurnMarksWhole() throws Exception {
    try (HuggingFaceTokenizer tokenizer = open(TinyGguf.export(folder, "qwen2"))) {
      assertThat(ids(tokenizer, "cafe\u0301")).isEqualTo(ids(tokenizer, "caf\u00e9"));
      assertThat(ids(tokenizer, "<|im_start|>user")).startsWith(1).hasSizeLessThanOrEqualTo(3);
      assertThat(tokenizer.decode(ids(tokenizer, "the 12 others\n\n in it")))
          .isEqualTo("the 12 others\n\n in it");
    }
  }

  /** Where words end, and whether a word that is a token is taken whole, before any merge. */
  @ParameterizedTest
  @CsvSource({
    "gpt-2,     1234,    q|z",
    "smollm,    1|2|3|4, q|z",
    "refact,    1|2|3|4, q|z",
    "llama-bpe, 123|4,   qz",
    "dbrx,      123|4,   q|z"
  })
  void everySplittingCutsAsItsNameSays(String name, String digits, String word) throws Exception {
    List<String> tokens = new ArrayList<>(TinyGguf.tokens());
    List<String> last = tokens.subList(tokens.size() - 4, tokens.size());
    last.clear();
    tokens.addAll(List.of("12", "123", "1234", "qz"));
    Path gguf =
        TinyGguf.of("granite")
            .text("tokenizer.ggml.pre", name)
            .texts("tokenizer.ggml.tokens", tokens)
            .texts("tokenizer.ggml.merges", List.of("1 2", "12 3", "123 4"))
            .write(folder.resolve("split.gguf"));
    try (HuggingFaceTokenizer tokenizer = open(TinyGguf.exact(gguf))) {
      assertThat(tokenizer.encode("1234", false, false).getTokens())
          .containsExactly(digits.split("\\|"));
      assertThat(tokenizer.encode("qz", false, false).getTokens())
          .containsExactly(word.split("\\|"));
    }
  }

  private static HuggingFaceTokenizer open(Path exported) throws Exception {
    return HuggingFaceTokenizer.newInstance(exported.resolve("tokenizer.json"));
  }

  private static long[] ids(HuggingFaceTokenizer tokenizer, String text) {
    return tokenizer.encode(text, false, false).getIds();
  }
}
