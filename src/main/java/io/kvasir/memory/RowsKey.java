package io.kvasir.memory;

import io.kvasir.core.Checksum;
import java.nio.ByteBuffer;

/**
 * What stored rows stand for. Rows are used only where all of it is the same: the tokens themselves
 * are compared, not only their checksum.
 *
 * @param decoder the weights, the exporter that made the graph, and the precision: see {@code
 *     Generator.Description.rows()}
 * @param ids the tokens, from the first of the prompt on
 */
public record RowsKey(String decoder, int[] ids) {
  /** SHA-256 of the tokens. */
  public byte[] idsHash() {
    ByteBuffer bytes = ByteBuffer.allocate(ids.length * Integer.BYTES);
    bytes.asIntBuffer().put(ids);
    return Checksum.digest().digest(bytes.array());
  }
}
