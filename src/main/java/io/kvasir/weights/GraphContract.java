package io.kvasir.weights;

import io.kvasir.core.AttentionPrecision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a decoder's graph takes and gives: b sequences of s new tokens each, with the keys and
 * values of the tokens before them; the logits of the last rows, the keys and values with those of
 * the new tokens, and, of the last rows, each layer's queries, keys and values before rotation.
 *
 * @param manifest of the decoder
 * @param attention what its keys and values are kept in
 */
public record GraphContract(ModelManifest manifest, AttentionPrecision attention) {
  /** The new tokens: int64[b, s]. */
  public static final String TOKENS = "input_ids";

  /** How long each sequence becomes, less one: int32[b]. */
  public static final String LENGTHS = "seqlens_k";

  /** How long the longest becomes: int32. */
  public static final String TOTAL_LENGTH = "total_sequence_length";

  /** Of how many last rows logits are wanted: int64[1]. */
  public static final String LOGIT_ROWS = "logit_rows";

  /** Of how many last rows queries, keys and values are wanted: int64[1]. */
  public static final String OBSERVED_ROWS = "observed_rows";

  /** float[b, logit_rows, vocabulary]. */
  public static final String LOGITS = "logits";

  private static final String BATCH = "batch";

  /** What a tensor is made of. */
  public enum Element {
    /** Whole numbers of 32 bits. */
    INT32,
    /** Whole numbers of 64 bits. */
    INT64,
    /** Half precision. */
    FLOAT16,
    /** Single precision. */
    FLOAT32,
    /** Something that no graph of a decoder has. */
    OTHER
  }

  /**
   * One axis of a tensor.
   *
   * @param size -1 if it varies
   * @param name of what varies; empty if that is not known, or if nothing does
   */
  public record Dimension(long size, String name) {
    private static final int VARIES = -1;

    /** An axis that varies. */
    public static Dimension varying(String name) {
      return new Dimension(VARIES, name);
    }

    /** An axis that does not. */
    public static Dimension fixed(long size) {
      return new Dimension(size, "");
    }

    /** Whether its size is another one in every pass. */
    public boolean varies() {
      return size == VARIES;
    }

    private boolean fits(Dimension other) {
      return size == other.size || varies() || other.varies();
    }

    @Override
    public String toString() {
      return varies() ? "any" : Long.toString(size);
    }
  }

  /**
   * An input or output.
   *
   * @param name in the graph
   * @param element what it is made of
   * @param dimensions none for a single number
   */
  public record Tensor(String name, Element element, List<Dimension> dimensions) {
    /** Copies the list. */
    public Tensor {
      dimensions = List.copyOf(dimensions);
    }

    private boolean fits(Tensor found) {
      boolean fits = dimensions.size() == found.dimensions.size();
      for (int axis = 0; fits && axis < dimensions.size(); axis++) {
        fits = dimensions.get(axis).fits(found.dimensions.get(axis));
      }
      return fits;
    }
  }

  /** The keys of the tokens before the new ones: [b, kvHeads, capacity, headSize]. */
  public static String pastKeys(int layer) {
    return "past_key_values.%d.key".formatted(layer);
  }

  /** The values of the tokens before the new ones: [b, kvHeads, capacity, headSize]. */
  public static String pastValues(int layer) {
    return "past_key_values.%d.value".formatted(layer);
  }

  /** The keys of all tokens, as many and as large. */
  public static String presentKeys(int layer) {
    return "present.%d.key".formatted(layer);
  }

  /** The values of all tokens, as many and as large. */
  public static String presentValues(int layer) {
    return "present.%d.value".formatted(layer);
  }

  /** What a layer attends with, before rotation: float[b, observed_rows, queries, keys, values]. */
  public static String observed(int layer) {
    return "qkv." + layer;
  }

  /** What the attention of a graph with these inputs is computed in. */
  public static AttentionPrecision attentionOf(Collection<Tensor> inputs) {
    return inputs.stream()
            .filter(tensor -> tensor.name().equals(pastKeys(0)))
            .anyMatch(keys -> keys.element() == Element.FLOAT16)
        ? AttentionPrecision.FLOAT16
        : AttentionPrecision.FLOAT32;
  }

  /** The inputs in order. */
  public List<Tensor> inputs() {
    List<Tensor> inputs = new ArrayList<>();
    Dimension one = Dimension.fixed(1);
    Dimension batch = Dimension.varying(BATCH);
    inputs.add(new Tensor(TOKENS, Element.INT64, List.of(batch, Dimension.varying("new"))));
    inputs.add(new Tensor(LENGTHS, Element.INT32, List.of(batch)));
    inputs.add(new Tensor(TOTAL_LENGTH, Element.INT32, List.of()));
    inputs.add(new Tensor(LOGIT_ROWS, Element.INT64, List.of(one)));
    inputs.add(new Tensor(OBSERVED_ROWS, Element.INT64, List.of(one)));
    for (int layer = 0; layer < manifest.layers().size(); layer++) {
      inputs.add(cached(pastKeys(layer)));
      inputs.add(cached(pastValues(layer)));
    }
    return inputs;
  }

  /** The outputs in order. */
  public List<Tensor> outputs() {
    List<Tensor> outputs = new ArrayList<>();
    outputs.add(rows(LOGITS, LOGIT_ROWS, manifest.sizes().vocabulary()));
    for (int layer = 0; layer < manifest.layers().size(); layer++) {
      outputs.add(cached(presentKeys(layer)));
      outputs.add(cached(presentValues(layer)));
      outputs.add(rows(observed(layer), OBSERVED_ROWS, manifest.heads().width()));
    }
    return outputs;
  }

  /** What keys and values are made of. */
  public Element cached() {
    return attention == AttentionPrecision.FLOAT16 ? Element.FLOAT16 : Element.FLOAT32;
  }

  private Tensor cached(String name) {
    return new Tensor(
        name,
        cached(),
        List.of(
            Dimension.varying(BATCH),
            Dimension.fixed(manifest.heads().keyValue()),
            Dimension.varying("capacity"),
            Dimension.fixed(manifest.heads().size())));
  }

  private static Tensor rows(String name, String rows, int width) {
    return new Tensor(
        name,
        Element.FLOAT32,
        List.of(Dimension.varying(BATCH), Dimension.varying(rows), Dimension.fixed(width)));
  }

  /**
   * The first thing in which a graph is not what is agreed, as the end of a sentence about it.
   *
   * @param foundInputs all inputs that it has
   * @param foundOutputs all outputs that it has
   */
  public Optional<String> difference(
      Collection<Tensor> foundInputs, Collection<Tensor> foundOutputs) {
    return difference(inputs(), foundInputs)
        .or(() -> difference(outputs(), foundOutputs))
        .or(
            () ->
                foundInputs.size() == inputs().size()
                    ? Optional.empty()
                    : Optional.of(
                        "has %d inputs instead of %d"
                            .formatted(foundInputs.size(), inputs().size())));
  }

  private static Optional<String> difference(List<Tensor> agreed, Collection<Tensor> found) {
    Map<String, Tensor> named =
        found.stream()
            .collect(Collectors.toMap(Tensor::name, Function.identity(), (first, twice) -> first));
    for (Tensor tensor : agreed) {
      Tensor there = named.get(tensor.name());
      if (there == null) {
        return Optional.of("has no tensor " + tensor.name());
      }
      if (there.element() != tensor.element()) {
        return Optional.of(
            "has %s as %s instead of %s"
                .formatted(tensor.name(), there.element(), tensor.element()));
      }
      if (!tensor.fits(there)) {
        return Optional.of(
            "has %s in the shape %s instead of %s"
                .formatted(tensor.name(), there.dimensions(), tensor.dimensions()));
      }
    }
    return Optional.empty();
  }
}
