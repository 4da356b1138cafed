package io.kvasir.generate;

import java.util.Arrays;

/**
 * Turns the bytes of tokens into text without ever showing half a character: the bytes of an
 * unfinished one wait for the next token. Bytes that are no UTF-8 become U+FFFD. Used by one
 * thread.
 */
final class CharacterStream {
  private static final char REPLACEMENT = '\uFFFD';
  private byte[] pending = new byte[0];

  /** The characters that are complete after these bytes. */
  String add(byte[] bytes) {
    byte[] all = Arrays.copyOf(pending, pending.length + bytes.length);
    System.arraycopy(bytes, 0, all, pending.length, bytes.length);
    StringBuilder text = new StringBuilder(all.length);
    int at = 0;
    while (at < all.length) {
      int length = lengthOf(all[at]);
      int valid = validBytes(all, at, length);
      if (length > 0 && valid == length) {
        text.appendCodePoint(codePoint(all, at, length));
        at += length;
      } else if (at + valid == all.length && length > 0) {
        break;
      } else {
        text.append(REPLACEMENT);
        at += Math.max(1, valid);
      }
    }
    pending = Arrays.copyOfRange(all, at, all.length);
    return text.toString();
  }

  /** Bytes of the character that begins with this one; 0 if none can. */
  private static int lengthOf(byte first) {
    int value = first & 0xFF;
    if (value < 0x80) {
      return 1;
    }
    if (value < 0xC2 || value > 0xF4) {
      return 0;
    }
    return value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4;
  }

  /** How many bytes from {@code at} on fit the beginning of a character of this length. */
  private static int validBytes(byte[] bytes, int at, int length) {
    int valid = length == 0 ? 0 : 1;
    while (valid > 0 && valid < length && at + valid < bytes.length) {
      int value = bytes[at + valid] & 0xFF;
      int low = 0x80;
      int high = 0xBF;
      if (valid == 1) {
        // The second byte rules out overlong forms, surrogates and what lies beyond Unicode.
        switch (bytes[at] & 0xFF) {
          case 0xE0 -> low = 0xA0;
          case 0xED -> high = 0x9F;
          case 0xF0 -> low = 0x90;
          case 0xF4 -> high = 0x8F;
          default -> {}
        }
      }
      if (value < low || value > high) {
        break;
      }
      valid++;
    }
    return valid;
  }

  private static int codePoint(byte[] bytes, int at, int length) {
    if (length == 1) {
      return bytes[at];
    }
    int point = bytes[at] & (0xFF >> (length + 1));
    for (int i = 1; i < length; i++) {
      point = point << 6 | (bytes[at + i] & 0x3F);
    }
    return point;
  }
}
