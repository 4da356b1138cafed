package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Turns the bytes of a text file into characters, whatever charset they are in. */
final class TextDecoding {
  private static final int SAMPLE = 64 * 1024;
  private static final int FEW_CONTROLS = 2;
  private static final double MAX_CONTROL_SHARE = 0.01;
  private static final double MIN_PAIRED_SHARE = 0.9;

  private TextDecoding() {}

  /**
   * The text, without a byte order mark. Tried in order: a byte order mark, UTF-16 by where its
   * zeros are, UTF-8 without an error, GB18030 where bytes above ASCII come in pairs, Windows-1252.
   *
   * @throws ProblemException INVALID if it is no text
   */
  static String decode(byte[] bytes) {
    Charset charset = charset(bytes);
    String text = new String(bytes, charset);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  static Charset charset(byte[] bytes) {
    Optional<Charset> marked = byMark(bytes).or(() -> byZeros(bytes));
    if (marked.isPresent()) {
      return marked.get();
    }
    if (looksBinary(bytes)) {
      throw new ProblemException(
          Kind.INVALID, "is binary, not text; give it the extension of what it is");
    }
    if (decodes(bytes, StandardCharsets.UTF_8)) {
      return StandardCharsets.UTF_8;
    }
    Charset chinese = Charset.forName("GB18030");
    return comesInPairs(bytes) && decodes(bytes, chinese)
        ? chinese
        : Charset.forName("windows-1252");
  }

  /** The charset a byte order mark tells; the longer marks first. */
  static Optional<Charset> byMark(byte[] bytes) {
    if (startsWith(bytes, 0xFF, 0xFE, 0, 0)) {
      return Optional.of(Charset.forName("UTF-32LE"));
    }
    if (startsWith(bytes, 0, 0, 0xFE, 0xFF)) {
      return Optional.of(Charset.forName("UTF-32BE"));
    }
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    if (startsWith(bytes, 0xFF, 0xFE)) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    return startsWith(bytes, 0xFE, 0xFF)
        ? Optional.of(StandardCharsets.UTF_16BE)
        : Optional.empty();
  }

  /** Latin letters in UTF-16 have a zero in every second byte and none in the others. */
  private static Optional<Charset> byZeros(byte[] bytes) {
    int length = Math.min(bytes.length, SAMPLE) & ~1;
    int even = 0;
    int odd = 0;
    for (int i = 0; i < length; i += 2) {
      even += bytes[i] == 0 ? 1 : 0;
      odd += bytes[i + 1] == 0 ? 1 : 0;
    }
    if (odd > length / 8 && even == 0 && decodes(bytes, StandardCharsets.UTF_16LE)) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    if (even > length / 8 && odd == 0 && decodes(bytes, StandardCharsets.UTF_16BE)) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    return Optional.empty();
  }

  private static boolean looksBinary(byte[] bytes) {
    int length = Math.min(bytes.length, SAMPLE);
    int controls = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == 0) {
        return true;
      }
      boolean control = bytes[i] >= 0 && bytes[i] < ' ';
      boolean usual = bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == '\t' || bytes[i] == '\f';
      controls += control && !usual ? 1 : 0;
    }
    return controls > FEW_CONTROLS + MAX_CONTROL_SHARE * length;
  }

  /** In Chinese text bytes above ASCII stand beside others; in Western text mostly alone. */
  private static boolean comesInPairs(byte[] bytes) {
    int length = Math.min(bytes.length, SAMPLE);
    int high = 0;
    int paired = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] < 0) {
        high++;
        boolean beside = (i > 0 && bytes[i - 1] < 0) || (i + 1 < length && bytes[i + 1] < 0);
        paired += beside ? 1 : 0;
      }
    }
    return high > 0 && paired >= MIN_PAIRED_SHARE * high;
  }

  private static boolean decodes(byte[] bytes, Charset charset) {
    try {
      charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      // The answer to the question, not a failure.
      return false;
    }
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
