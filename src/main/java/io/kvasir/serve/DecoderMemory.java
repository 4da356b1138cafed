package io.kvasir.serve;

import io.kvasir.models.CatalogueEntry;
import java.util.function.ToLongFunction;

/**
 * What a decoder takes in memory once it is loaded and answers: its weights and what they are
 * computed with, and the keys and values of all slots, which are reserved at once.
 *
 * @param slots answers at the same time
 * @param context tokens that a slot holds, unless the decoder holds fewer
 */
public record DecoderMemory(int slots, int context) implements ToLongFunction<CatalogueEntry> {
  @Override
  public long applyAsLong(CatalogueEntry entry) {
    return entry.memoryBytes() + keysAndValues(entry);
  }

  /** The part of it that the settings engine.slots and engine.context change. */
  long keysAndValues(CatalogueEntry entry) {
    return (long) slots * Math.min(context, entry.context()) * entry.tokenBytes();
  }
}
