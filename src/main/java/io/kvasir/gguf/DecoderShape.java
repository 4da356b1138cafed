package io.kvasir.gguf;

import io.kvasir.core.AttentionLayer;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.gguf.family.Families;
import io.kvasir.gguf.family.Family;
import io.kvasir.gguf.family.Multipliers;
import io.kvasir.weights.ModelManifest.Heads;
import io.kvasir.weights.ModelManifest.Sizes;
import java.util.List;

/**
 * The numbers that make a decoder's graph, from a file's metadata.
 *
 * @param family what its architecture has of its own
 * @param heads of a layer, their size a multiple of 16
 * @param sizes of the residual stream, the vocabulary and the context
 * @param inner width inside the feed-forward network
 * @param layers how each layer attends
 * @param multipliers what is multiplied by beside the weights
 * @param epsilon of the normalisation
 */
record DecoderShape(
    Family family,
    Heads heads,
    Sizes sizes,
    int inner,
    List<AttentionLayer> layers,
    Multipliers multipliers,
    float epsilon) {
  private static final int MOST_LAYERS = 1_000;
  private static final int MOST_HEADS = 1_024;
  private static final int MOST_WIDTH = 1 << 20;

  /** Longer contexts are cut to this: a key-value cache of that many positions fits nowhere. */
  private static final int MOST_CONTEXT = 131_072;

  private static final int HEAD_SIZE_STEP = 16;

  /** How the metadata of state spaces, short convolutions and linear attention begins. */
  private static final List<String> OTHER_MIXING =
      List.of(".ssm.", ".shortconv.", ".wkv.", ".kda.");

  static DecoderShape of(GgufFile file) {
    GgufMetadata metadata = file.metadata();
    String architecture =
        metadata
            .text("general.architecture")
            .orElseThrow(() -> GgufMetadata.missing("general.architecture"));
    Family family = Families.of(architecture).orElseThrow(() -> unknown(metadata, architecture));
    refuseVariants(metadata, family);
    int hidden = metadata.whole(family.key("embedding_length"), 1, MOST_WIDTH);
    Heads heads = heads(metadata, family, hidden);
    GgufTensor embedding =
        file.tensor(DecoderWeights.EMBEDDING)
            .orElseThrow(() -> DecoderWeights.missing(DecoderWeights.EMBEDDING));
    if (embedding.rows() > MOST_WIDTH) {
      throw unsupported("a vocabulary of %,d tokens".formatted(embedding.rows()));
    }
    int layers = metadata.whole(family.key("block_count"), 1, MOST_LAYERS);
    int inner = metadata.whole(family.key("feed_forward_length"), 1, MOST_WIDTH);
    int context = metadata.whole(family.key("context_length"), 1, Integer.MAX_VALUE);
    return new DecoderShape(
        family,
        heads,
        new Sizes(hidden, (int) embedding.rows(), Math.min(context, MOST_CONTEXT)),
        inner,
        family.layers(metadata, layers, heads.size()),
        family.multipliers(metadata),
        (float) metadata.positive(family.key("attention.layer_norm_rms_epsilon"), Double.NaN));
  }

  /** The same with layers that attend otherwise. */
  DecoderShape with(List<AttentionLayer> others) {
    return new DecoderShape(family, heads, sizes, inner, others, multipliers, epsilon);
  }

  private static Heads heads(GgufMetadata metadata, Family family, int hidden) {
    int query = metadata.whole(family.key("attention.head_count"), 1, MOST_HEADS);
    String grouped = family.key("attention.head_count_kv");
    int keyValue = metadata.has(grouped) ? metadata.alike(grouped, 1, query) : query;
    if (query % keyValue != 0) {
      throw unsupported(query + " heads over " + keyValue + " key-value heads");
    }
    return new Heads(query, keyValue, headSize(metadata, family, hidden, query));
  }

  private static int headSize(GgufMetadata metadata, Family family, int hidden, int heads) {
    String key = family.key("attention.key_length");
    if (!metadata.has(key) && hidden % heads != 0) {
      throw unsupported("%d heads over a width of %d".formatted(heads, hidden));
    }
    int size = metadata.has(key) ? metadata.whole(key, 1, MOST_WIDTH) : hidden / heads;
    String value = family.key("attention.value_length");
    if (metadata.has(value) && metadata.whole(value, 1, MOST_WIDTH) != size) {
      throw unsupported("keys and values of different sizes (" + value + ")");
    }
    String rotary = family.key("rope.dimension_count");
    if (metadata.has(rotary) && metadata.whole(rotary, 1, MOST_WIDTH) != size) {
      throw unsupported("a rotary embedding of a part of each head (" + rotary + ")");
    }
    if (size % HEAD_SIZE_STEP != 0) {
      throw unsupported("heads of %d dimensions, no multiple of 16".formatted(size));
    }
    return size;
  }

  private static ProblemException unknown(GgufMetadata metadata, String architecture) {
    boolean mixesOtherwise =
        OTHER_MIXING.stream().anyMatch(part -> metadata.hasBeginning(architecture + part));
    return mixesOtherwise
        ? new ProblemException(
            Kind.INVALID,
            ("In the architecture %s attention is not all that mixes tokens: convolutions or recurrent states do, too."
                    + " What Kvasir shows of attention would be a part that looks like the whole."
                    + " Take a decoder of the architectures %s (kvasir models list).")
                .formatted(architecture, Families.names()))
        : unsupported("the architecture " + architecture + " (general.architecture)");
  }

  private static void refuseVariants(GgufMetadata metadata, Family family) {
    String scaling = family.key("rope.scaling.type");
    if (metadata.has(scaling) && !metadata.text(scaling).orElse("").equals("none")) {
      throw unsupported("scaled rotary embeddings (" + scaling + ")");
    }
    family
        .rotationSwitch()
        .filter(key -> !metadata.flag(key).orElse(true))
        .ifPresent(
            key -> {
              throw unsupported("attention without rotary embeddings (" + key + ")");
            });
    String experts = family.key("expert_count");
    if (metadata.whole(experts).orElse(0L) > 0) {
      throw unsupported("mixtures of experts (" + experts + ")");
    }
  }

  private static ProblemException unsupported(String what) {
    return new ProblemException(
        Kind.INVALID,
        "This GGUF file needs %s, which Kvasir cannot run. %s can be run."
            .formatted(what, Families.names()));
  }
}
