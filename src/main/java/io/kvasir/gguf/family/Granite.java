package io.kvasir.gguf.family;

import io.kvasir.core.AttentionLayer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Granite 3 and 4, without mixtures of experts: Llama with four numbers of its own, three of them
 * {@link Multipliers} and one the scale of attention.
 */
public record Granite() implements Family {
  @Override
  public String architecture() {
    return "granite";
  }

  @Override
  public int sourceRow(int row, int headSize) {
    return Family.rowOfNeighbours(row, headSize);
  }

  @Override
  public List<AttentionLayer> layers(MetadataNumbers metadata, int layers, int headSize) {
    return Collections.nCopies(
        layers,
        new AttentionLayer(
            ropeBase(metadata),
            0,
            metadata.positive(key("attention.scale"), AttentionLayer.usualScale(headSize))));
  }

  @Override
  public Multipliers multipliers(MetadataNumbers metadata) {
    return new Multipliers(
        metadata.positive(key("embedding_scale"), 1),
        metadata.positive(key("residual_scale"), 1),
        1 / metadata.positive(key("logit_scale"), Double.NaN));
  }

  @Override
  public Optional<String> rotationSwitch() {
    return Optional.of(key("rope.scaling.finetuned"));
  }
}
