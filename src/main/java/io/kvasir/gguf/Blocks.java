package io.kvasir.gguf;

import java.nio.ByteBuffer;

/**
 * Blocks of encoded weights as numbers. Small blocks are here, the super-blocks of 256 in {@link
 * SuperBlocks}. In each, {@code d} is the scale and {@code m} the minimum, both half precision.
 */
final class Blocks {
  private Blocks() {}

  /**
   * Decodes a row.
   *
   * @param from little-endian, the row at its beginning
   * @param into gets {@code count} numbers
   */
  static void decode(TensorType type, ByteBuffer from, float[] into, int count) {
    int at = 0;
    for (int begin = 0; begin < count; begin += type.elements(), at += type.bytes()) {
      switch (type) {
        case F32 -> into[begin] = from.getFloat(at);
        case F16 -> into[begin] = HalfFloat.toFloat(from.getShort(at));
        case BF16 -> into[begin] = HalfFloat.fromBrain(from.getShort(at));
        case Q4_0 -> fourBits(from, at + 2, half(from, at), 8, 0, into, begin);
        case Q4_1 -> fourBits(from, at + 4, half(from, at), 0, half(from, at + 2), into, begin);
        case Q5_0 -> fiveBits(from, at + 2, half(from, at), 16, 0, into, begin);
        case Q5_1 -> fiveBits(from, at + 4, half(from, at), 0, half(from, at + 2), into, begin);
        case Q8_0 -> eightBits(from, at, into, begin);
        case Q4_K -> SuperBlocks.fourBits(from, at, into, begin);
        case Q5_K -> SuperBlocks.fiveBits(from, at, into, begin);
        case Q6_K -> SuperBlocks.sixBits(from, at, into, begin);
      }
    }
  }

  /** The number of half precision at a byte. */
  static float half(ByteBuffer from, int at) {
    return HalfFloat.toFloat(from.getShort(at));
  }

  /** 16 bytes: the first 16 weights in their low halves, the other 16 in their high halves. */
  private static void fourBits(
      ByteBuffer from, int at, float d, int zero, float m, float[] into, int begin) {
    for (int pair = 0; pair < 16; pair++) {
      int both = from.get(at + pair);
      into[begin + pair] = d * ((both & 0xf) - zero) + m;
      into[begin + pair + 16] = d * (((both >> 4) & 0xf) - zero) + m;
    }
  }

  /** 4 bytes with the fifth bit of each of 32 weights, then as with four bits. */
  private static void fiveBits(
      ByteBuffer from, int at, float d, int zero, float m, float[] into, int begin) {
    int fifth = from.getInt(at);
    for (int pair = 0; pair < 16; pair++) {
      int both = from.get(at + 4 + pair);
      int low = (both & 0xf) | (((fifth >> pair) & 1) << 4);
      int high = ((both >> 4) & 0xf) | (((fifth >> (pair + 16)) & 1) << 4);
      into[begin + pair] = d * (low - zero) + m;
      into[begin + pair + 16] = d * (high - zero) + m;
    }
  }

  private static void eightBits(ByteBuffer from, int at, float[] into, int begin) {
    float d = half(from, at);
    for (int weight = 0; weight < 32; weight++) {
      into[begin + weight] = d * from.get(at + 2 + weight);
    }
  }
}
