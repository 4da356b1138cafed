package io.kvasir.onnx;

import java.nio.charset.StandardCharsets;

/**
 * The printable characters in which byte-level vocabularies write bytes: printable Latin-1 stands
 * for itself, every other byte for a character from U+0100 on, in order.
 */
final class ByteLevelAlphabet {
  private static final int[] BYTES = new int[0x100 + 68];

  static {
    java.util.Arrays.fill(BYTES, -1);
    int next = 0x100;
    for (int value = 0; value < 0x100; value++) {
      boolean printable =
          (value >= '!' && value <= '~')
              || (value >= 0xA1 && value <= 0xAC)
              || (value >= 0xAE && value <= 0xFF);
      BYTES[printable ? value : next++] = value;
    }
  }

  private ByteLevelAlphabet() {}

  /** The bytes that a token of the vocabulary stands for. */
  static byte[] bytes(String token) {
    byte[] bytes = new byte[token.length()];
    for (int i = 0; i < bytes.length; i++) {
      char character = token.charAt(i);
      int value = character < BYTES.length ? BYTES[character] : -1;
      if (value < 0) {
        // Not written in the alphabet: the token is plain text, as added ones are.
        return token.getBytes(StandardCharsets.UTF_8);
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }
}
