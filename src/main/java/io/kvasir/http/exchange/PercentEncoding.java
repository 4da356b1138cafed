package io.kvasir.http.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads what is written in ASCII with percent signs for the bytes of UTF-8, and nothing else. */
public final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * The text that is meant.
   *
   * @throws InvalidFieldException if it cannot be read; the message begins with {@code what}
   */
  public static String decode(String written, String what) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(written.length());
    for (int index = 0; index < written.length(); index++) {
      char unit = written.charAt(index);
      if (unit == '%') {
        bytes.write(escaped(written, index, what));
        index += 2;
      } else if (unit > ' ' && unit < 0x7F) {
        bytes.write(unit);
      } else {
        throw unreadable(
            "%s has U+%04X at %d; write it with percent signs.".formatted(what, (int) unit, index));
      }
    }
    try {
      ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
      return StandardCharsets.UTF_8.newDecoder().decode(all).toString();
    } catch (CharacterCodingException malformed) {
      InvalidFieldException failure =
          unreadable(what + " is not UTF-8 once its percent signs are read.");
      failure.initCause(malformed);
      throw failure;
    }
  }

  private static int escaped(String written, int percent, String what) {
    boolean room = percent + 2 < written.length();
    int high = room ? Character.digit(written.charAt(percent + 1), 16) : -1;
    int low = room ? Character.digit(written.charAt(percent + 2), 16) : -1;
    if (high < 0 || low < 0) {
      throw unreadable(
          "%s has a percent sign at %d without two hexadecimal digits behind it; write it as %%25."
              .formatted(what, percent));
    }
    return high * 16 + low;
  }

  private static InvalidFieldException unreadable(String message) {
    return new InvalidFieldException("", message);
  }
}
