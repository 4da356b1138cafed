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

  private final int[] tokens;
  private int length;

  Slot(int index, int context) {
    this.index = index;
    this.tokens = new int[context];
  }

  /** Rows that are valid. */
  int length() {
    return length;
  }

  /** The tokens of those rows, copied. */
  int[] tokens() {
    return java.util.Arrays.copyOf(tokens, length);
  }

  /** Forgets the rows from here on. */
  void truncate(int end) {
    length = Math.min(length, end);
  }

  /** Notes that the next rows hold these tokens. */
  void append(int[] ids, int begin, int end) {
    System.arraycopy(ids, begin, tokens, length, end - begin);
    length += end - begin;
  }

  /** Notes that the next row holds this token. */
  void append(int id) {
    tokens[length++] = id;
  }

  /** How many first rows hold what this prompt begins with. */
  int common(int[] prompt) {
    int most = Math.min(length, prompt.length);
    int mismatch = java.util.Arrays.mismatch(tokens, 0, most, prompt, 0, most);
    return mismatch < 0 ? most : mismatch;
  }
}
