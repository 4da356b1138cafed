package io.kvasir.core;

import java.util.Locale;

/**
 * The numbers that a decoder's attention is computed with, and that its cache of keys and values
 * holds. Everything else of a decoder stays in single precision.
 */
public enum AttentionPrecision {
  /** Single precision. */
  FLOAT32(Float.BYTES),
  /** Half precision. */
  FLOAT16(Short.BYTES);

  private final int bytes;

  AttentionPrecision(int bytes) {
    this.bytes = bytes;
  }

  /** The one for what {@code engine.provider} names: CUDA has no kernel of single precision. */
  public static AttentionPrecision on(String provider) {
    return provider.equals("cuda") ? FLOAT16 : FLOAT32;
  }

  /** What a number takes. */
  public int bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
