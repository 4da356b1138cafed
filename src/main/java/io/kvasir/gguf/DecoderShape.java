package io.kvasir.gguf;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;

/**
 * The numbers that make a decoder's graph, from a file's metadata.
 *
 * @param architecture {@code llama} or {@code qwen2}
 * @param layers number of layers
 * @param heads query heads of a layer
 * @param kvHeads key and value heads of a layer, a divisor of {@code heads}
 * @param headSize dimensions of a head, a multiple of 16
 * @param hidden width of the residual stream
 * @param inner width inside the feed-forward network
 * @param vocabulary number of tokens
 * @param context the most positions
 * @param ropeBase base of the rotary position embedding
 * @param epsilon of the normalisation
 */
record DecoderShape(
    String architecture,
    int layers,
    int heads,
    int kvHeads,
    int headSize,
    int hidden,
    int inner,
    int vocabulary,
    int context,
    double ropeBase,
    float epsilon) {
  private static final int MOST_LAYERS = 1_000;
  private static final int MOST_HEADS = 1_024;
  private static final int MOST_WIDTH = 1 << 20;

  /** Longer contexts are cut to this: a key-value cache of that many positions fits nowhere. */
  private static final int MOST_CONTEXT = 131_072;

  private static final double DEFAULT_ROPE_BASE = 10_000;
  private static final int HEAD_SIZE_STEP = 16;

  static DecoderShape of(GgufFile file) {
    GgufMetadata metadata = file.metadata();
    String architecture =
        metadata
            .text("general.architecture")
            .orElseThrow(() -> GgufMetadata.missing("general.architecture"));
    if (!architecture.equals("llama") && !architecture.equals("qwen2")) {
      throw unsupported("the architecture " + architecture + " (general.architecture)");
    }
    String prefix = architecture + ".";
    refuseVariants(metadata, prefix);
    int hidden = metadata.whole(prefix + "embedding_length", 1, MOST_WIDTH);
    int heads = metadata.whole(prefix + "attention.head_count", 1, MOST_HEADS);
    int kvHeads =
        metadata.has(prefix + "attention.head_count_kv")
            ? metadata.whole(prefix + "attention.head_count_kv", 1, heads)
            : heads;
    if (heads % kvHeads != 0) {
      throw unsupported(heads + " heads over " + kvHeads + " key-value heads");
    }
    int headSize = headSize(metadata, prefix, hidden, heads);
    GgufTensor embedding =
        file.tensor(DecoderWeights.EMBEDDING)
            .orElseThrow(() -> DecoderWeights.missing(DecoderWeights.EMBEDDING));
    if (embedding.rows() > MOST_WIDTH) {
      throw unsupported("a vocabulary of %,d tokens".formatted(embedding.rows()));
    }
    return new DecoderShape(
        architecture,
        metadata.whole(prefix + "block_count", 1, MOST_LAYERS),
        heads,
        kvHeads,
        headSize,
        hidden,
        metadata.whole(prefix + "feed_forward_length", 1, MOST_WIDTH),
        (int) embedding.rows(),
        Math.min(metadata.whole(prefix + "context_length", 1, Integer.MAX_VALUE), MOST_CONTEXT),
        positive(metadata, prefix + "rope.freq_base", DEFAULT_ROPE_BASE),
        (float) positive(metadata, prefix + "attention.layer_norm_rms_epsilon", Double.NaN));
  }

  /** Rows of the query, key and value projections together. */
  int qkvRows() {
    return (heads + 2 * kvHeads) * headSize;
  }

  private static int headSize(GgufMetadata metadata, String prefix, int hidden, int heads) {
    String key = prefix + "attention.key_length";
    if (!metadata.has(key) && hidden % heads != 0) {
      throw unsupported("%d heads over a width of %d".formatted(heads, hidden));
    }
    int size = metadata.has(key) ? metadata.whole(key, 1, MOST_WIDTH) : hidden / heads;
    String value = prefix + "attention.value_length";
    if (metadata.has(value) && metadata.whole(value, 1, MOST_WIDTH) != size) {
      throw unsupported("keys and values of different sizes (" + value + ")");
    }
    String rotary = prefix + "rope.dimension_count";
    if (metadata.has(rotary) && metadata.whole(rotary, 1, MOST_WIDTH) != size) {
      throw unsupported("a rotary embedding of a part of each head (" + rotary + ")");
    }
    if (size % HEAD_SIZE_STEP != 0) {
      throw unsupported("heads of %d dimensions, no multiple of 16".formatted(size));
    }
    return size;
  }

  private static void refuseVariants(GgufMetadata metadata, String prefix) {
    String scaling = prefix + "rope.scaling.type";
    if (metadata.has(scaling) && !metadata.text(scaling).orElse("").equals("none")) {
      throw unsupported("scaled rotary embeddings (" + scaling + ")");
    }
    String experts = prefix + "expert_count";
    if (metadata.whole(experts).orElse(0L) > 0) {
      throw unsupported("mixtures of experts (" + experts + ")");
    }
  }

  private static double positive(GgufMetadata metadata, String key, double otherwise) {
    double value = metadata.number(key).orElse(otherwise);
    if (Double.isNaN(value) && !metadata.has(key)) {
      throw GgufMetadata.missing(key);
    }
    if (!(value > 0) || value > 1e12) {
      throw new ProblemException(
          Kind.INVALID, "Metadata %s is %s; it has to be above 0.".formatted(key, value));
    }
    return value;
  }

  private static ProblemException unsupported(String what) {
    return new ProblemException(
        Kind.INVALID,
        "This GGUF file needs " + what + ", which Kvasir cannot run. llama and qwen2 can be run.");
  }
}
