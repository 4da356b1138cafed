package io.kvasir.generate;

import java.util.Arrays;
import java.util.List;

/**
 * Keys and values that a decoder computed for the first tokens of a prompt, outside its cache.
 *
 * @param ids the tokens, from the first of the prompt on
 * @param parts the keys and behind them the values of each layer: [kvHeads, ids.length, headSize]
 *     in the precision of the decoder's attention and the byte order of the processor
 */
public record StoredRows(int[] ids, List<byte[]> parts) {
  public StoredRows {
    parts = List.copyOf(parts);
  }

  /** What they take, in bytes. */
  public long bytes() {
    return parts.stream().mapToLong(part -> part.length).sum();
  }

  /** Whether a prompt begins with these tokens, and has enough behind them to be read. */
  boolean begin(int[] prompt) {
    return ids.length + Decoder.LEAST_READ <= prompt.length
        && Arrays.equals(ids, 0, ids.length, prompt, 0, ids.length);
  }
}
