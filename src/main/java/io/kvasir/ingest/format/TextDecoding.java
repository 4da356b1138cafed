package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of a text file into characters, whatever charset they are in. */
final class TextDecoding {
  private static final int SAMPLE = 64 * 1024;
  private static final int FEW_CONTROLS = 2;
  private static final double MAX_CONTROL_SHARE = 0.01;

  /** So many good characters for a bad byte are UTF-8; fewer if nothing else is likely. */
  private static final int GOOD_FOR_A_BAD = 4;

  private static final double WIDE_PLAUSIBLE = 0.95;
  private static final double MIN_HIGH_SHARE = 0.2;
  private static final double DECLARED_PLAUSIBLE = 0.5;

  private TextDecoding() {}

  /** The text of a file that tells its charset by a byte order mark at the most. */
  static String decode(byte[] bytes, Consumer<String> notes) {
    return decode(bytes, null, notes);
  }

  /**
   * The text, without a byte order mark. Tried in order: a byte order mark, what the file declares,
   * UTF-8, UTF-16, what detectors say. What cannot be read is replaced.
   *
   * @param declared what the file says it is in, null if nothing
   * @param notes told in sentences what had to be assumed
   * @throws ProblemException INVALID if it is no text, or in no charset that can be told
   */
  static String decode(byte[] bytes, @Nullable Charset declared, Consumer<String> notes) {
    Optional<Charset> marked = byMark(bytes);
    if (marked.isPresent()) {
      String text = read(bytes, marked.get(), notes);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
    if (declared != null && TrialReading.of(bytes, declared).plausibility() >= DECLARED_PLAUSIBLE) {
      return read(bytes, declared, notes);
    }
    if (looksBinary(bytes)) {
      Charset wide =
          wide(bytes)
              .orElseThrow(
                  () ->
                      new ProblemException(
                          Kind.INVALID,
                          "is binary, not text; give it the extension of what it is"));
      return assumed(bytes, wide, notes);
    }
    return isUtf8(bytes)
        ? read(bytes, StandardCharsets.UTF_8, notes)
        : assumed(bytes, guessed(bytes), notes);
  }

  /** The charset a byte order mark tells; the longer marks first. */
  private static Optional<Charset> byMark(byte[] bytes) {
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

  /** UTF-16 in the order of bytes that reads like text, if one does. */
  private static Optional<Charset> wide(byte[] bytes) {
    return Stream.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)
        .map(charset -> WideReading.of(bytes, charset))
        .max(Comparator.comparingDouble(WideReading::plausibility))
        .filter(reading -> reading.plausibility() >= WIDE_PLAUSIBLE)
        .map(WideReading::charset);
  }

  private static boolean isUtf8(byte[] bytes) {
    TrialReading reading = TrialReading.of(bytes, StandardCharsets.UTF_8);
    if (reading.bad() == 0) {
      return reading.tail() == 0 || reading.characters() > 0;
    }
    return reading.characters() >= GOOD_FOR_A_BAD * reading.bad()
        || (reading.characters() >= reading.bad()
            && CharsetGuess.of(bytes).filter(TextDecoding::isWide).isEmpty());
  }

  private static boolean isWide(Charset charset) {
    return charset.newEncoder().maxBytesPerChar() > 1;
  }

  private static Charset guessed(byte[] bytes) {
    Optional<Charset> guess = CharsetGuess.of(bytes);
    boolean narrow = guess.isEmpty() || !isWide(guess.get());
    return (narrow && isMostlyHigh(bytes) ? wide(bytes) : Optional.<Charset>empty())
        .or(() -> guess)
        .orElseThrow(
            () ->
                new ProblemException(
                    Kind.INVALID,
                    "is in an encoding that could not be told; save it as UTF-8 and give it again"));
  }

  /** As UTF-16 of other than Latin letters is, whose pairs may be taken for those. */
  private static boolean isMostlyHigh(byte[] bytes) {
    int length = Math.min(bytes.length, SAMPLE);
    int high = 0;
    for (int i = 0; i < length; i++) {
      high += bytes[i] < 0 ? 1 : 0;
    }
    return high >= MIN_HIGH_SHARE * length;
  }

  private static String assumed(byte[] bytes, Charset charset, Consumer<String> notes) {
    notes.accept(
        "was read as %s; if that looks wrong, save it as UTF-8 and give it again"
            .formatted(charset.name()));
    return read(bytes, charset, notes);
  }

  private static String read(byte[] bytes, Charset charset, Consumer<String> notes) {
    TrialReading reading = TrialReading.of(bytes, charset);
    if (reading.bad() > 0) {
      notes.accept(
          "has bytes that are no %s at %s, shown as \uFFFD; save it as UTF-8 to mend that"
              .formatted(
                  charset.name(), reading.bad() == 1 ? "one place" : reading.bad() + " places"));
    }
    if (reading.tail() > 0) {
      notes.accept("ends within a character, which was left out; was it cut when it was copied?");
    }
    return new String(bytes, 0, bytes.length - reading.tail(), charset);
  }

  private static boolean looksBinary(byte[] bytes) {
    int length = Math.min(bytes.length, SAMPLE);
    int controls = 0;
    for (int i = 0; i < length; i++) {
      byte b = bytes[i];
      if (b == 0) {
        return true;
      }
      boolean usual = b == '\n' || b == '\r' || b == '\t' || b == '\f';
      controls += b >= 0 && b < ' ' && !usual ? 1 : 0;
    }
    return controls > FEW_CONTROLS + MAX_CONTROL_SHARE * length;
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
