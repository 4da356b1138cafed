package io.kvasir.gguf;

/** Numbers of half and of brain precision; the JDK has these conversions only from 20 on. */
final class HalfFloat {
  private HalfFloat() {}

  /** The number that 16 bits of IEEE half precision stand for. */
  static float toFloat(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude;
    if (exponent == 0) {
      magnitude = fraction * 0x1p-24f;
    } else if (exponent == 0x1f) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Float.intBitsToFloat(((exponent + 112) << 23) | (fraction << 13));
    }
    return bits < 0 ? -magnitude : magnitude;
  }

  /** The nearest number of IEEE half precision, ties to even; too large ones become infinite. */
  static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 65520) {
      return (short) (sign | 0x7c00);
    }
    if (magnitude < 0x1p-14f) {
      // Subnormal halves are multiples of 2^-24; adding 2^-1 makes the FPU round to them.
      int steps = Float.floatToRawIntBits(magnitude + 0x1p-1f) - Float.floatToRawIntBits(0x1p-1f);
      return (short) (sign | steps);
    }
    int rounded = (bits & 0x7fffffff) + 0xfff + ((bits >>> 13) & 1);
    return (short) (sign | ((rounded - (112 << 23)) >>> 13));
  }

  /** The number that 16 bits of brain precision stand for. */
  static float fromBrain(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
