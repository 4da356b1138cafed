package io.kvasir.gguf;

import org.jspecify.annotations.Nullable;

/** The encodings of weights that can be read. Rows are cut into blocks of {@link #elements}. */
public enum TensorType {
  /** IEEE single precision. */
  F32(0, 1, 4),
  /** IEEE half precision. */
  F16(1, 1, 2),
  /** 4 bits and a scale. */
  Q4_0(2, 32, 18),
  /** 4 bits, a scale and a minimum. */
  Q4_1(3, 32, 20),
  /** 5 bits and a scale. */
  Q5_0(6, 32, 22),
  /** 5 bits, a scale and a minimum. */
  Q5_1(7, 32, 24),
  /** 8 bits and a scale. */
  Q8_0(8, 32, 34),
  /** 4 bits in 8 groups, each with a 6-bit scale and minimum. */
  Q4_K(12, 256, 144),
  /** 5 bits in 8 groups, each with a 6-bit scale and minimum. */
  Q5_K(13, 256, 176),
  /** 6 bits in 16 groups, each with an 8-bit scale. */
  Q6_K(14, 256, 210),
  /** The upper half of single precision. */
  BF16(30, 1, 2);

  private final int code;
  private final int elements;
  private final int bytes;

  TensorType(int code, int elements, int bytes) {
    this.code = code;
    this.elements = elements;
    this.bytes = bytes;
  }

  /** Weights in one block. */
  public int elements() {
    return elements;
  }

  /** Size of one block in bytes. */
  public int bytes() {
    return bytes;
  }

  /** The number that stands for this type in a file. */
  public int code() {
    return code;
  }

  /** The type of that number, null if it is none of those that can be read. */
  public static @Nullable TensorType of(int code) {
    for (TensorType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return null;
  }
}
