package io.kvasir.gguf;

import io.kvasir.core.AttentionLayer;
import io.kvasir.core.AttentionPrecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A decoder of a few thousand random weights that every test can make and run: 2 layers, 4 heads
 * over 2 key-value heads of 16 dimensions, a byte-level vocabulary with some merges, and ChatML's
 * turn marks and template. The same architecture gives the same file.
 */
public final class TinyGguf {
  /** Layers. */
  public static final int LAYERS = 2;

  /** Query heads. */
  public static final int HEADS = 4;

  /** Key and value heads. */
  public static final int KV_HEADS = 2;

  /** Dimensions of a head. */
  public static final int HEAD_SIZE = 16;

  /** Width of the residual stream. */
  public static final int HIDDEN = HEADS * HEAD_SIZE;

  /** Width inside the feed-forward network. */
  public static final int INNER = 96;

  /** The most positions. */
  public static final int CONTEXT = 4096;

  private static final List<String> SPECIALS =
      List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");
  private static final List<String> MERGES =
      List.of(
          "Ġ t", "h e", "Ġt he", "i n", "Ġ a", "e r", "o n", "r e", "Ġ s", "a t", "Ġ w", "o r",
          "e n", "i s", "Ġ b", "Ġ f", "i t", "Ġ o", "o u", "e s", "in g", "Ġo f", "a l", "a n",
          "Ġ in", "Ġa n", "Ġan d", "a r", "Ġ c", "e d", "Ġt o", "u s", "s y", "us er", "sy s");
  private static final String TEMPLATE =
      "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n'"
          + " + message['content'] + '<|im_end|>' + '\n' }}{% endfor %}"
          + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

  private TinyGguf() {}

  /** Writes {@code tiny-<architecture>.gguf} into a folder. */
  public static Path write(Path folder, String architecture) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(architecture).write(folder.resolve("tiny-" + architecture + ".gguf"));
  }

  /** Writes and exports it in the default format; the model folder. */
  public static Path export(Path folder, String architecture) {
    return export(folder, architecture, AttentionPrecision.FLOAT32);
  }

  /** The same with attention in a precision. */
  public static Path export(Path folder, String architecture, AttentionPrecision attention) {
    Path target = folder.resolve("tiny-%s-%s".formatted(architecture, attention));
    try {
      DecoderExport.export(
          write(folder, architecture),
          target,
          ExportOptions.of("tiny-" + architecture, "0".repeat(64)).with(attention),
          share -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target;
  }

  /** Exports a file with exact weights; the model folder. */
  public static Path exact(Path gguf) {
    return exact(gguf, shape -> shape);
  }

  /** The same, its layers attending as given and not as the file says. */
  public static Path exact(Path gguf, List<AttentionLayer> layers) {
    return exact(gguf, shape -> shape.with(layers));
  }

  private static Path exact(Path gguf, UnaryOperator<DecoderShape> change) {
    Path target = gguf.resolveSibling(gguf.getFileName() + "-exact");
    ExportOptions options =
        ExportOptions.of("exact", "0".repeat(64)).with(WeightFormat.FLOAT32, false);
    try (GgufFile file = GgufFile.open(gguf)) {
      DecoderShape shape = change.apply(DecoderShape.of(file));
      DecoderExport.write(file, shape, Files.createDirectory(target), options, share -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target;
  }

  /** The tokens by id. */
  public static List<String> tokens() {
    List<String> tokens = new ArrayList<>(SPECIALS);
    for (int value = 0; value < 256; value++) {
      tokens.add(byteToken(value));
    }
    MERGES.forEach(merge -> tokens.add(merge.replace(" ", "")));
    return tokens;
  }

  /** The file, to be changed by tests of wrong ones. */
  public static GgufBytes of(String architecture) {
    boolean qwen = architecture.startsWith("qwen");
    boolean granite = architecture.equals("granite");
    String prefix = architecture + ".";
    List<String> tokens = tokens();
    int[] types = new int[tokens.size()];
    for (int id = 0; id < types.length; id++) {
      types[id] = id < SPECIALS.size() ? 3 : 1;
    }
    GgufBytes file =
        new GgufBytes()
            .text("general.architecture", architecture)
            .text("general.license", "apache-2.0")
            .texts("general.languages", List.of("en"))
            .whole(prefix + "block_count", LAYERS)
            .whole(prefix + "context_length", CONTEXT)
            .whole(prefix + "embedding_length", HIDDEN)
            .whole(prefix + "feed_forward_length", INNER)
            .whole(prefix + "attention.head_count", HEADS)
            .whole(prefix + "attention.head_count_kv", KV_HEADS)
            .number(prefix + "rope.freq_base", 10_000)
            .number(prefix + "attention.layer_norm_rms_epsilon", 1e-5f)
            .text("tokenizer.ggml.model", "gpt2")
            .text("tokenizer.ggml.pre", qwen ? "qwen2" : granite ? "dbrx" : "smollm")
            .texts("tokenizer.ggml.tokens", tokens)
            .wholes("tokenizer.ggml.token_type", types)
            .texts("tokenizer.ggml.merges", MERGES)
            .whole("tokenizer.ggml.bos_token_id", 1)
            .whole("tokenizer.ggml.eos_token_id", 2)
            .flag("tokenizer.ggml.add_bos_token", false)
            .text("tokenizer.chat_template", TEMPLATE);
    if (granite) {
      // As its files have it: once for each layer.
      file.without(prefix + "attention.head_count_kv")
          .wholes(prefix + "attention.head_count_kv", new int[] {KV_HEADS, KV_HEADS})
          .number(prefix + "embedding_scale", 12)
          .number(prefix + "residual_scale", 0.25f)
          .number(prefix + "attention.scale", 0.125f)
          .number(prefix + "logit_scale", 4);
    }
    Random random = new Random(7);
    matrix(file, random, "token_embd.weight", tokens.size(), HIDDEN, 0.7f);
    if (qwen) {
      matrix(file, random, "output.weight", tokens.size(), HIDDEN, 0.3f);
    }
    norm(file, random, "output_norm.weight", HIDDEN);
    for (int layer = 0; layer < LAYERS; layer++) {
      layer(file, random, "blk." + layer + ".", architecture);
    }
    return file;
  }

  private static void layer(GgufBytes file, Random random, String name, String architecture) {
    int keys = KV_HEADS * HEAD_SIZE;
    norm(file, random, name + "attn_norm.weight", HIDDEN);
    norm(file, random, name + "ffn_norm.weight", HIDDEN);
    matrix(file, random, name + "attn_q.weight", HIDDEN, HIDDEN, 0.25f);
    matrix(file, random, name + "attn_k.weight", keys, HIDDEN, 0.25f);
    matrix(file, random, name + "attn_v.weight", keys, HIDDEN, 0.15f);
    if (architecture.equals("qwen3")) {
      norm(file, random, name + "attn_q_norm.weight", HEAD_SIZE);
      norm(file, random, name + "attn_k_norm.weight", HEAD_SIZE);
    }
    if (architecture.equals("qwen2")) {
      file.tensor(name + "attn_q.bias", gaussians(random, HIDDEN, 0.3f), HIDDEN);
      file.tensor(name + "attn_k.bias", gaussians(random, keys, 0.3f), keys);
      file.tensor(name + "attn_v.bias", gaussians(random, keys, 0.3f), keys);
    }
    matrix(file, random, name + "attn_output.weight", HIDDEN, HIDDEN, 0.15f);
    matrix(file, random, name + "ffn_gate.weight", INNER, HIDDEN, 0.15f);
    matrix(file, random, name + "ffn_up.weight", INNER, HIDDEN, 0.15f);
    matrix(file, random, name + "ffn_down.weight", HIDDEN, INNER, 0.15f);
  }

  private static void matrix(
      GgufBytes file, Random random, String name, int rows, int columns, float deviation) {
    file.tensor(name, gaussians(random, rows * columns, deviation), columns, rows);
  }

  private static void norm(GgufBytes file, Random random, String name, int size) {
    float[] gains = gaussians(random, size, 0.1f);
    for (int index = 0; index < gains.length; index++) {
      gains[index] += 1;
    }
    file.tensor(name, gains, size);
  }

  private static float[] gaussians(Random random, int count, float deviation) {
    float[] values = new float[count];
    for (int index = 0; index < count; index++) {
      values[index] = (float) random.nextGaussian() * deviation;
    }
    return values;
  }

  /** The letter that stands for a byte in byte-level vocabularies: itself where it is printable. */
  private static String byteToken(int value) {
    int shifted = 256;
    for (int other = 0; other < 256; other++) {
      boolean printable = (other >= '!' && other <= '~') || (other >= 0xa1 && other != 0xad);
      if (other == value) {
        return Character.toString(printable ? value : shifted);
      }
      shifted += printable ? 0 : 1;
    }
    throw new IllegalArgumentException("no byte: " + value);
  }
}
