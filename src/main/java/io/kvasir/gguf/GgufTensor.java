package io.kvasir.gguf;

/**
 * Where a tensor of a GGUF file lies. A file's first dimension is the one that is contiguous, so
 * weights of shape {@code [columns, rows]} there are {@code rows} rows here.
 *
 * @param name as in the file
 * @param type encoding of the weights
 * @param columns weights of a row, a multiple of the type's block
 * @param rows product of the other dimensions
 * @param offset of the first byte, from the beginning of the file
 */
public record GgufTensor(String name, TensorType type, int columns, long rows, long offset) {
  /** Size of a row in bytes. */
  public int rowBytes() {
    return columns / type.elements() * type.bytes();
  }

  /** Size in bytes. */
  public long bytes() {
    return rows * rowBytes();
  }
}
