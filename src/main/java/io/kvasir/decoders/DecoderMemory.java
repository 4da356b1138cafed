package io.kvasir.decoders;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.models.CatalogueEntry;
import java.util.function.ToLongFunction;

/**
 * What a decoder takes in memory at the most, once it is loaded and has answered in all slots: its
 * weights and what they are computed with, and the keys and values of all slots, which take memory
 * as they are used.
 *
 * @param slots answers at the same time
 * @param context tokens that a slot holds, unless the decoder holds fewer
 * @param attention what keys and values are kept in
 */
public record DecoderMemory(int slots, int context, AttentionPrecision attention)
    implements ToLongFunction<CatalogueEntry> {
  @Override
  public long applyAsLong(CatalogueEntry entry) {
    return entry.memoryBytes() + keysAndValues(entry);
  }

  /** The part of it that the settings engine.slots and engine.context change. */
  long keysAndValues(CatalogueEntry entry) {
    long tokens = (long) slots * Math.min(context, entry.context());
    return tokens * entry.tokenBytes() * attention.bytes() / AttentionPrecision.FLOAT32.bytes();
  }
}
