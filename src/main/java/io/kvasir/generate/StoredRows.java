package io.kvasir.generate;

import io.kvasir.core.AttentionPrecision;
import java.util.List;

/**
 * Keys and values that a decoder computed for tokens, outside its cache.
 *
 * @param ids the tokens it read, from the first of a prompt on
 * @param first of them that has rows: what stands before it was only read
 * @param precision of the numbers
 * @param parts the keys and behind them the values of each layer: [kvHeads, tokens with rows,
 *     headSize] in that precision and the byte order of the processor
 */
public record StoredRows(int[] ids, int first, AttentionPrecision precision, List<byte[]> parts) {
  public StoredRows {
    parts = List.copyOf(parts);
  }

  /** How many tokens have rows. */
  public int count() {
    return ids.length - first;
  }

  /** What they take, in bytes. */
  public long bytes() {
    return parts.stream().mapToLong(part -> part.length).sum();
  }
}
