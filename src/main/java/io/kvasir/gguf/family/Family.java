package io.kvasir.gguf.family;

import io.kvasir.core.AttentionLayer;
import java.util.List;
import java.util.Optional;

/**
 * What one architecture has that others have not. All of them are decoders of pre-normalised
 * layers, attention over grouped heads that rotate whole, and a gated feed-forward network; their
 * tensors have the names that GGUF gives to each part in every architecture.
 */
public sealed interface Family permits Llama, Qwen2, Qwen3, Granite {
  /** The base where a file does not say. */
  double USUAL_ROPE_BASE = 10_000;

  /** Its name in a file: {@code general.architecture}, and the beginning of its keys. */
  String architecture();

  /**
   * Where a file has the row of a query or key projection that belongs at a place, when a head's
   * first dimensions are rotated with its second half. Files of most families have it there.
   *
   * @param row of the projection, from 0
   * @param headSize rows of a head
   */
  default int sourceRow(int row, int headSize) {
    return row;
  }

  /** Whether every query and key is normalised before it is rotated. */
  default boolean normalisesHeads() {
    return false;
  }

  /** How each layer attends; all alike in most families. */
  default List<AttentionLayer> layers(MetadataNumbers metadata, int layers, int headSize) {
    return AttentionLayer.alike(layers, ropeBase(metadata), headSize);
  }

  /** What it multiplies by beside its weights. */
  default Multipliers multipliers(MetadataNumbers metadata) {
    return Multipliers.NONE;
  }

  /** The key of a flag that is false where nothing is rotated; most families have none. */
  default Optional<String> rotationSwitch() {
    return Optional.empty();
  }

  /** The base of the rotary embedding, as a file says it once for all layers. */
  default double ropeBase(MetadataNumbers metadata) {
    return metadata.positive(key("rope.freq_base"), USUAL_ROPE_BASE);
  }

  /** The source row in files that hold each head's rows as neighbouring pairs to rotate. */
  static int rowOfNeighbours(int row, int headSize) {
    int within = row % headSize;
    return row - within + within % (headSize / 2) * 2 + within / (headSize / 2);
  }

  /** The key of a value that belongs to the architecture. */
  default String key(String name) {
    return architecture() + "." + name;
  }
}
