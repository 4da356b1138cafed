package io.kvasir.gguf;

/** How matrices are stored in an exported decoder. The wire name is {@link #toString()}. */
public enum WeightFormat {
  /** 8 bits, symmetric, a scale for every 32 weights of a row. */
  INT8_BLOCK32("int8-block32", 32),
  /** 8 bits, symmetric, a scale for every 64 weights of a row. */
  INT8_BLOCK64("int8-block64", 64),
  /** Single precision, exactly as decoded: large and slow, the reference for the others. */
  FLOAT32("float32", 1);

  private final String text;
  private final int block;

  WeightFormat(String text, int block) {
    this.text = text;
    this.block = block;
  }

  /** Weights that share a scale. */
  public int block() {
    return block;
  }

  @Override
  public String toString() {
    return text;
  }
}
