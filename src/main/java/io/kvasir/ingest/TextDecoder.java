package io.kvasir.ingest;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes to text when nobody said how they were encoded: a byte order mark, then UTF-8, then what an
 * HTML file says of itself, then GB 18030 if that makes Chinese of it, then Windows-1252, which
 * takes anything. Bytes that are no text are refused.
 */
final class TextDecoder {
  /** The share of control characters from which on something is no text. */
  static final double MAX_CONTROL_SHARE = 0.001;

  private static final int DECLARED_WITHIN = 4_096;
  private static final double MIN_HAN_SHARE = 0.7;
  private static final Pattern DECLARED =
      Pattern.compile("(?:charset|encoding)\\s*=\\s*[\"']?\\s*([A-Za-z0-9_.:-]+)");
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\t\\n\\f]]");
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private TextDecoder() {}

  /** The text, with line feeds only and no control characters; INVALID if it is none. */
  static String decode(byte[] bytes) {
    String text = decoded(bytes).replace("\r\n", "\n").replace('\r', '\n');
    long controls = text.chars().filter(TextDecoder::isControl).count();
    if (controls > text.length() * MAX_CONTROL_SHARE) {
      throw new ProblemException(
          Kind.INVALID,
          "it is not text, whatever its name says; supported: " + DocumentLoader.TYPES);
    }
    return controls == 0 ? text : CONTROLS.matcher(text).replaceAll("");
  }

  private static String decoded(byte[] bytes) {
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return new String(bytes, 3, bytes.length - 3, StandardCharsets.UTF_8);
    }
    if (startsWith(bytes, 0xFF, 0xFE)) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
    }
    if (startsWith(bytes, 0xFE, 0xFF)) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
    }
    return strictly(bytes, StandardCharsets.UTF_8)
        .or(() -> declared(bytes).flatMap(charset -> strictly(bytes, charset)))
        .or(() -> strictly(bytes, GB18030).filter(TextDecoder::isChinese))
        .orElseGet(() -> new String(bytes, WINDOWS_1252));
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (bytes.length <= i || (bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> strictly(byte[] bytes, Charset charset) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<Charset> declared(byte[] bytes) {
    String beginning =
        new String(bytes, 0, Math.min(bytes.length, DECLARED_WITHIN), StandardCharsets.ISO_8859_1);
    Matcher matcher = DECLARED.matcher(beginning);
    return matcher.find() && isSupported(matcher.group(1))
        ? Optional.of(Charset.forName(matcher.group(1)))
        : Optional.empty();
  }

  private static boolean isSupported(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isChinese(String text) {
    long foreign = text.chars().filter(c -> c > 0x7F).count();
    long han =
        text.chars()
            .filter(c -> (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3000 && c <= 0x301F))
            .count();
    return han >= foreign * MIN_HAN_SHARE;
  }

  private static boolean isControl(int c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\f') || (c >= 0x7F && c < 0xA0);
  }
}
