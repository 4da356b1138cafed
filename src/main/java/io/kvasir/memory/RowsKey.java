package io.kvasir.memory;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.Checksum;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What stored rows stand for. Rows are used only where all of it is the same: the tokens themselves
 * are compared, not only their checksum.
 *
 * @param decoder the weights, the exporter that made the graph, and its precision: see {@code
 *     Generator.Weights.rows()}
 * @param precision that the rows are kept in
 * @param ids the tokens that were read, from the first of the prompt on
 * @param first of them that has rows
 */
public record RowsKey(String decoder, AttentionPrecision precision, int[] ids, int first) {
  /** SHA-256 of everything but the decoder. */
  public byte[] hash() {
    ByteBuffer bytes = ByteBuffer.allocate((ids.length + 1) * Integer.BYTES);
    bytes.putInt(first);
    bytes.asIntBuffer().put(ids);
    var digest = Checksum.digest();
    digest.update(precision.toString().getBytes(StandardCharsets.UTF_8));
    return digest.digest(bytes.array());
  }

  /** Whether an entry that has this hash is of these tokens. */
  public boolean isOf(AttentionPrecision storedIn, int[] read, int firstKept) {
    return storedIn == precision && firstKept == first && Arrays.equals(read, ids);
  }
}
