package io.kvasir.gguf.family;

import io.kvasir.core.AttentionLayer;
import java.util.List;

/**
 * What one architecture has that others have not. All of them are decoders of pre-normalised
 * layers, attention over grouped heads that rotate whole, and a gated feed-forward network; their
 * tensors have the names that GGUF gives to each part in every architecture.
 */
public sealed interface Family permits Llama, Qwen2, Qwen3 {
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
    double base = metadata.positive(key("rope.freq_base"), USUAL_ROPE_BASE);
    return AttentionLayer.alike(layers, base, headSize);
  }

  /** The key of a value that belongs to the architecture. */
  default String key(String name) {
    return architecture() + "." + name;
  }
}
