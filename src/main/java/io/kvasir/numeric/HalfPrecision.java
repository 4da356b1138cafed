package io.kvasir.numeric;

/** IEEE 754 numbers in half precision, as single precision has them. */
public final class HalfPrecision {
  private static final int FRACTION_BITS = 10;
  private static final int SIGN = 0x8000;
  private static final int EXPONENT = 0x1f;
  private static final int FRACTION = (1 << FRACTION_BITS) - 1;

  /** What the exponents of both precisions are apart. */
  private static final int BIAS = 127 - 15;

  /** There are only so many: looking one up takes a fraction of what computing it does. */
  private static final float[] FLOATS = new float[1 << Short.SIZE];

  static {
    for (int bits = 0; bits < FLOATS.length; bits++) {
      FLOATS[bits] = computed(bits);
    }
  }

  private HalfPrecision() {}

  /** The number of these bits. */
  public static float toFloat(short bits) {
    return FLOATS[bits & 0xffff];
  }

  private static float computed(int bits) {
    int exponent = (bits >> FRACTION_BITS) & EXPONENT;
    int fraction = bits & FRACTION;
    int sign = (bits & SIGN) << Short.SIZE;
    if (exponent == 0) {
      // Too small for its own exponent: a multiple of the smallest number there is.
      float small = fraction * 0x1p-24f;
      return sign == 0 ? small : -small;
    }
    int wide = exponent == EXPONENT ? 0xff : exponent + BIAS;
    return Float.intBitsToFloat(sign | (wide << 23) | (fraction << (23 - FRACTION_BITS)));
  }
}
