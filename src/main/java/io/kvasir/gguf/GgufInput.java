package io.kvasir.gguf;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads the header of a GGUF file from front to back, never past its end or {@link
 * GgufLimits#HEADER_BYTES}. Every error names the field being read. For one thread.
 */
final class GgufInput {
  private static final int WINDOW = 1 << 16;

  private final FileChannel channel;
  private final long size;
  private final ByteBuffer window =
      ByteBuffer.allocate(WINDOW).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private long windowEnd;
  private String field = "magic";
  private boolean ranOut;

  GgufInput(FileChannel channel) throws IOException {
    this(channel, channel.size());
  }

  /** Of a file that may still arrive: everything is held against the size that it will have. */
  GgufInput(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  /** Whether what is there ended before the size that it will have. */
  boolean ranOut() {
    return ranOut;
  }

  /** Names what is read from now on, for errors. */
  void reading(String name) {
    field = name;
  }

  long position() {
    return windowEnd - window.remaining();
  }

  long size() {
    return size;
  }

  int u8() throws IOException {
    need(1);
    return window.get() & 0xff;
  }

  int u16() throws IOException {
    need(2);
    return window.getShort() & 0xffff;
  }

  int i32() throws IOException {
    need(4);
    return window.getInt();
  }

  long i64() throws IOException {
    need(8);
    return window.getLong();
  }

  /** An unsigned 64-bit number that has to be from 0 to {@code most}. */
  long count(long most, String what) throws IOException {
    long value = i64();
    if (value < 0 || value > most) {
      throw malformed(
          "%s is %s, more than the %,d that can be read"
              .formatted(what, Long.toUnsignedString(value), most));
    }
    return value;
  }

  String string() throws IOException {
    int length = (int) count(GgufLimits.STRING_BYTES, "the length of a string");
    ensureLeft(length);
    byte[] bytes = new byte[length];
    for (int at = 0; at < length; ) {
      need(1);
      int some = Math.min(window.remaining(), length - at);
      window.get(bytes, at, some);
      at += some;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new ProblemException(Kind.INVALID, describe("holds text that is not UTF-8"), e);
    }
  }

  /** Fails unless the file holds that many more bytes of header. */
  void ensureLeft(long bytes) {
    if (bytes > size - position()) {
      throw malformed("needs %,d bytes, the file ends after %,d".formatted(bytes, left()));
    }
    if (position() + bytes > GgufLimits.HEADER_BYTES) {
      throw malformed(
          "makes the header larger than the %,d bytes that can be read"
              .formatted(GgufLimits.HEADER_BYTES));
    }
  }

  ProblemException malformed(String what) {
    return new ProblemException(Kind.INVALID, describe(what));
  }

  private long left() {
    return size - position();
  }

  private String describe(String what) {
    return String.format(
        Locale.ROOT, "Not a usable GGUF file: %s %s (at byte %,d).", field, what, position());
  }

  private void need(int bytes) throws IOException {
    if (window.remaining() >= bytes) {
      return;
    }
    ensureLeft(bytes);
    window.compact();
    while (window.position() < bytes) {
      int read = channel.read(window, windowEnd);
      if (read < 0) {
        ranOut = true;
        window.flip();
        throw malformed("ends early: the file was cut while it was read");
      }
      windowEnd += read;
    }
    window.flip();
  }
}
