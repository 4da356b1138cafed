package io.kvasir.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cut, lying and unsupported files: an error that names what is wrong, and nothing left over. */
final class HostileGgufTest {
  @TempDir Path folder;

  @Test
  void aFileCutAnywhereIsRefused() throws IOException {
    byte[] whole = TinyGguf.of("llama").bytes();
    int weights = whole.length - 300_000;
    for (int length = 0; length < whole.length; length += length < weights ? 97 : 9_973) {
      refused(Arrays.copyOf(whole, length));
    }
    refused(Arrays.copyOf(whole, whole.length - 32));
  }

  @Test
  void countsAndLengthsAreNotBelieved() throws IOException {
    byte[] whole = TinyGguf.of("llama").bytes();
    for (int field : new int[] {8, 16, 24}) { // tensors, metadata, length of the first key
      for (long lie : new long[] {-1, Long.MAX_VALUE, Integer.MAX_VALUE, 1L << 40, 60_000}) {
        byte[] lying = whole.clone();
        little(lying).putLong(field, lie);
        refused(lying);
      }
    }
    byte[] array = new byte[12];
    little(array).putInt(8).putLong(1_999_999);
    assertThat(refused(TinyGguf.of("llama").put("tokenizer.ggml.tokens", 9, array)))
        .contains("tokenizer.ggml.tokens");
    little(array).putInt(0, 9);
    assertThat(refused(TinyGguf.of("llama").put("nested", 9, array))).contains("nested");
    assertThat(refused(TinyGguf.of("llama").put("strange", 77, array))).contains("strange");
    assertThat(refused(TinyGguf.of("llama").put("flag", 7, new byte[] {9}))).contains("flag");
  }

  @Test
  void anyFlippedByteOfTheHeaderEndsInWordsOrInAModel() throws IOException {
    byte[] whole = TinyGguf.of("qwen2").bytes();
    Random random = new Random(3);
    for (int round = 0; round < 400; round++) {
      byte[] flipped = whole.clone();
      for (int flips = 0; flips < 3; flips++) {
        flipped[random.nextInt(9_000)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("flipped.gguf"), flipped);
      try (GgufFile gguf = GgufFile.open(file)) {
        DecoderShape shape = DecoderShape.of(gguf);
        assertThat(new DecoderWeights(gguf, shape).embedding().rows()).isPositive();
        assertThat(Vocabulary.of(gguf.metadata(), shape.sizes().vocabulary()).tokens())
            .isNotEmpty();
      } catch (ProblemException expected) {
        assertThat(expected.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void tensorsAreWhereAndWhatTheyShouldBe() throws IOException {
    String name = "blk.1.ffn_up.weight";
    byte[] some = new byte[TinyGguf.HIDDEN * TinyGguf.INNER * 4];
    assertThat(refused(TinyGguf.of("llama").withoutTensor(name))).contains(name);
    assertThat(tensor(name, 0, some, TinyGguf.HIDDEN, 7)).contains(name).contains("[7, 64]");
    assertThat(tensor(name, 99, some, TinyGguf.HIDDEN, TinyGguf.INNER))
        .contains(name)
        .contains("type 99");
    assertThat(tensor(name, 12, some, TinyGguf.HIDDEN, TinyGguf.INNER))
        .contains(name)
        .contains("Q4_K");
    assertThat(tensor(name, 0, some, 64, 1L << 40)).contains(name);
    assertThat(tensor(name, 0, some, 64, Integer.MAX_VALUE, Integer.MAX_VALUE, 8)).contains(name);
    assertThat(tensor(name, 0, some, 0, 4)).contains(name);
    assertThat(tensor(name, 0, some)).contains(name).contains("0 dimensions");
    assertThat(refused(TinyGguf.of("llama").tensor("blk.0.ffn_gate_exps.weight", new float[4], 4)))
        .contains("ffn_gate_exps");
    byte[] infinite = some.clone();
    little(infinite).putFloat(400, Float.POSITIVE_INFINITY);
    assertThat(tensor(name, 0, infinite, TinyGguf.HIDDEN, TinyGguf.INNER))
        .contains(name)
        .contains("finite");
  }

  @Test
  void whatCannotBeRunIsSaid() throws IOException {
    assertThat(refused(TinyGguf.of("llama").text("general.architecture", "mamba")))
        .contains("mamba");
    assertThat(refused(TinyGguf.of("llama").whole("llama.expert_count", 8))).contains("experts");
    assertThat(refused(TinyGguf.of("llama").text("llama.rope.scaling.type", "yarn")))
        .contains("rope.scaling");
    assertThat(refused(hybrid("lfm2", "shortconv.l_cache")))
        .contains("lfm2 attention is not all that mixes tokens")
        .contains("llama, qwen2, qwen3 and granite")
        .contains("kvasir models list");
    assertThat(refused(hybrid("qwen35", "ssm.conv_kernel"))).contains("is not all that mixes");
    assertThat(refused(hybrid("granitehybrid", "ssm.state_size")))
        .contains("is not all that mixes");
    assertThat(
            refused(
                TinyGguf.of("granite").wholes("granite.attention.head_count_kv", new int[] {0, 2})))
        .contains("granite.attention.head_count_kv differs from layer to layer");
    assertThat(refused(TinyGguf.of("granite").flag("granite.rope.scaling.finetuned", false)))
        .contains("without rotary embeddings");
    assertThat(refused(TinyGguf.of("granite").without("granite.logit_scale")))
        .contains("granite.logit_scale");
    assertThat(refused(TinyGguf.of("granite").text("tokenizer.ggml.pre", "granite-docling")))
        .contains("granite-docling");
    assertThat(refused(TinyGguf.of("llama").whole("llama.attention.head_count", 3)))
        .contains("3 heads");
    assertThat(refused(TinyGguf.of("llama").whole("llama.block_count", 3))).contains("blk.2.");
    assertThat(refused(TinyGguf.of("llama").whole("llama.block_count", 1))).contains("blk.1.");
    assertThat(refused(TinyGguf.of("llama").without("llama.attention.layer_norm_rms_epsilon")))
        .contains("layer_norm_rms_epsilon");
    assertThat(refused(TinyGguf.of("llama").text("tokenizer.ggml.model", "llama")))
        .contains("tokenizer.ggml.model");
    assertThat(refused(TinyGguf.of("llama").text("tokenizer.ggml.pre", "tekken")))
        .contains("tekken");
    assertThat(refused(TinyGguf.of("llama").texts("tokenizer.ggml.merges", List.of("q zz"))))
        .contains("tokenizer.ggml.merges");
    List<String> twice = new ArrayList<>(TinyGguf.tokens());
    twice.set(5, twice.get(6));
    assertThat(refused(TinyGguf.of("llama").texts("tokenizer.ggml.tokens", twice)))
        .contains("twice");
    assertThat(refused(TinyGguf.of("llama").whole("tokenizer.ggml.eos_token_id", 70_000)))
        .contains("eos_token_id");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x47475546, 1, 0x03000000})
  void otherMagicAndVersionsAreRefused(int number) throws IOException {
    byte[] whole = TinyGguf.of("llama").bytes();
    little(whole).putInt(number == 0x47475546 ? 0 : 4, number);
    assertThat(refused(whole)).contains(number == 0x47475546 ? "magic" : "version");
  }

  @Test
  void aFolderThatIsThereIsLeftAlone() throws IOException {
    Path target = Files.createDirectories(folder.resolve("there"));
    Path file = TinyGguf.write(folder, "llama");
    assertThatThrownBy(() -> export(file, target)).hasMessageContaining("there already");
    assertThat(target).isEmptyDirectory();
  }

  private String tensor(String name, int type, byte[] content, long... dimensions)
      throws IOException {
    return refused(
        TinyGguf.of("llama").withoutTensor(name).tensor(name, type, content, dimensions));
  }

  private String refused(GgufBytes file) throws IOException {
    return refused(file.bytes());
  }

  /** Exports the file, sees it refused with nothing left over; the message. */
  private String refused(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("hostile.gguf"), content);
    Path target = folder.resolve("out/decoder");
    String[] message = new String[1];
    assertThatThrownBy(() -> export(file, target))
        .isInstanceOfSatisfying(ProblemException.class, e -> message[0] = e.getMessage());
    if (Files.exists(target.getParent())) {
      try (Stream<Path> left = Files.list(target.getParent())) {
        assertThat(left).isEmpty();
      }
    }
    return message[0];
  }

  private static void export(Path file, Path target) throws IOException {
    DecoderExport.export(file, target, ExportOptions.of("hostile", "0".repeat(64)), share -> {});
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static GgufBytes hybrid(String architecture, String key) {
    return TinyGguf.of("llama")
        .text("general.architecture", architecture)
        .whole(architecture + "." + key, 3);
  }
}
