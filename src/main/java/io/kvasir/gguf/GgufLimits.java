package io.kvasir.gguf;

/** What a GGUF file may hold at most; a file beyond it is refused, whatever its header promises. */
final class GgufLimits {
  /** Tensors of a file. */
  static final int TENSORS = 65_536;

  /** Metadata entries of a file. */
  static final int ENTRIES = 65_536;

  /** Elements of one metadata array: vocabularies have a few hundred thousand. */
  static final int ARRAY_ELEMENTS = 2_000_000;

  /** Bytes of one string: chat templates have some thousand. */
  static final int STRING_BYTES = 4 << 20;

  /** Bytes of all metadata and tensor descriptions. */
  static final long HEADER_BYTES = 128L << 20;

  /** Bytes of one row of weights. */
  static final long ROW_BYTES = 16L << 20;

  private GgufLimits() {}
}
