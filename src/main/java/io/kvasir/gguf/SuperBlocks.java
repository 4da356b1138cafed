package io.kvasir.gguf;

import java.nio.ByteBuffer;

/**
 * Super-blocks of 256 weights. Their groups of 32 (4 and 5 bits) or 16 (6 bits) have small whole
 * numbers for scales, which one half-precision scale {@code d} turns into numbers.
 */
final class SuperBlocks {
  private SuperBlocks() {}

  /** Bytes: d, minimum scale, 12 of group scales and minima, 128 of weights. */
  static void fourBits(ByteBuffer from, int at, float[] into, int begin) {
    for (int group = 0; group < 8; group++) {
      float scale = Blocks.half(from, at) * scale(from, at + 4, group);
      float minimum = Blocks.half(from, at + 2) * minimum(from, at + 4, group);
      // Two groups share 32 bytes: the even one has the low halves.
      int bytes = at + 16 + group / 2 * 32;
      int shift = group % 2 * 4;
      for (int weight = 0; weight < 32; weight++) {
        int low = (from.get(bytes + weight) >> shift) & 0xf;
        into[begin + group * 32 + weight] = scale * low - minimum;
      }
    }
  }

  /** As with four bits, with 32 bytes between: bit g of byte w is weight w of group g's fifth. */
  static void fiveBits(ByteBuffer from, int at, float[] into, int begin) {
    for (int group = 0; group < 8; group++) {
      float scale = Blocks.half(from, at) * scale(from, at + 4, group);
      float minimum = Blocks.half(from, at + 2) * minimum(from, at + 4, group);
      int bytes = at + 48 + group / 2 * 32;
      int shift = group % 2 * 4;
      for (int weight = 0; weight < 32; weight++) {
        int low = (from.get(bytes + weight) >> shift) & 0xf;
        int fifth = (from.get(at + 16 + weight) >> group) & 1;
        into[begin + group * 32 + weight] = scale * (low | (fifth << 4)) - minimum;
      }
    }
  }

  /** Bytes: 128 of low halves, 64 of upper two bits, 16 group scales, d. */
  static void sixBits(ByteBuffer from, int at, float[] into, int begin) {
    float d = Blocks.half(from, at + 208);
    for (int weight = 0; weight < 256; weight++) {
      int half = weight / 128;
      int quarter = weight % 128 / 32;
      int lane = weight % 32;
      int lowByte = at + half * 64 + quarter % 2 * 32 + lane;
      int low = (from.get(lowByte) >> (quarter / 2 * 4)) & 0xf;
      int high = (from.get(at + 128 + half * 32 + lane) >> (quarter * 2)) & 3;
      float scale = d * from.get(at + 192 + weight / 16);
      into[begin + weight] = scale * ((low | (high << 4)) - 32);
    }
  }

  /** 6 bits: the first four groups in bytes 0-3, the others' lower halves in 8-11. */
  private static int scale(ByteBuffer from, int scales, int group) {
    return group < 4
        ? from.get(scales + group) & 63
        : (from.get(scales + group + 4) & 0xf) | (((from.get(scales + group - 4) >> 6) & 3) << 4);
  }

  /** 6 bits: the first four groups in bytes 4-7, the others' upper halves in 8-11. */
  private static int minimum(ByteBuffer from, int scales, int group) {
    return group < 4
        ? from.get(scales + group + 4) & 63
        : ((from.get(scales + group + 4) >> 4) & 0xf)
            | (((from.get(scales + group) >> 6) & 3) << 4);
  }
}
