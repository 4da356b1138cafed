package io.kvasir.generate;

import org.jspecify.annotations.Nullable;

/**
 * One sequence's place in the cache: which tokens its rows hold, and who uses it. It keeps its rows
 * when its sequence ends, for the next prompt that begins alike. Used by the inference thread.
 */
final class Slot {
  /** The rows it has in the decoder; changes when slots are rearranged. */
  int index;

  /** Whether somebody uses it; otherwise it only remembers. */
  boolean taken;

  /** The sequence that uses it; null if none does, or a reading. */
  @Nullable Sequence owner;

  /** When it was last used, on the clock of {@link Slots}; 0 for never. */
  long lastUsed;

  /** What its rows hold. */
  final SlotContent content;

  Slot(int index, int context) {
    this.index = index;
    this.content = SlotContent.empty(context);
  }

  /** Rows that are valid. */
  int length() {
    return content.length();
  }
}
