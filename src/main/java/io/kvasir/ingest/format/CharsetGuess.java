package io.kvasir.ingest.format;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.parser.txt.CharsetDetector;
import org.apache.tika.parser.txt.CharsetMatch;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Guesses the charset of text that does not tell it. Two detectors propose: Mozilla's, which needs
 * a few words, and ICU's, which knows more languages with Latin letters. What they propose is read,
 * and the first that reads like text is taken.
 */
final class CharsetGuess {
  private static final int SAMPLE = 64 * 1024;
  private static final int CONTEXT = 32;
  private static final int LEAST_CONFIDENCE = 15;
  private static final double PLAUSIBLE = 0.97;
  private static final double NEARLY_PLAUSIBLE = 0.85;
  private static final double MIN_PAIRED_SHARE = 0.9;

  private static final Charset CHINESE = Charset.forName("GB18030");
  private static final Charset WESTERN = Charset.forName("windows-1252");

  // Old enough that a guess of one is a mistake; Mozilla's takes Ukrainian for the first.
  private static final Set<String> NEVER = Set.of("maccyrillic", "ibm855");

  private CharsetGuess() {}

  /** The charset that bytes read like text in; empty if they do in none. */
  static Optional<Charset> of(byte[] bytes) {
    byte[] sample = sample(bytes);
    TrialReading best = null;
    for (Charset candidate : candidates(sample)) {
      TrialReading reading = TrialReading.of(sample, candidate);
      if (reading.plausibility() >= PLAUSIBLE) {
        return Optional.of(candidate);
      }
      if (best == null || reading.plausibility() > best.plausibility()) {
        best = reading;
      }
    }
    return Optional.ofNullable(best)
        .filter(reading -> reading.plausibility() >= NEARLY_PLAUSIBLE)
        .map(TrialReading::charset);
  }

  private static Set<Charset> candidates(byte[] sample) {
    Optional<Charset> mozilla = mozilla(sample);
    Set<Charset> candidates = new LinkedHashSet<>();
    if (mozilla.isEmpty() || mozilla.get().equals(WESTERN)) {
      // Whatever has Latin letters is Western to Mozilla's.
      candidates.addAll(icu(sample));
    }
    mozilla.ifPresent(candidates::add);
    candidates.addAll(icu(sample));
    if (comesInPairs(sample)) {
      candidates.add(CHINESE);
    }
    candidates.add(WESTERN);
    return candidates;
  }

  private static Optional<Charset> mozilla(byte[] sample) {
    UniversalDetector detector = new UniversalDetector();
    detector.handleData(sample);
    detector.dataEnd();
    return Optional.ofNullable(detector.getDetectedCharset())
        .filter(name -> !NEVER.contains(name.toLowerCase(Locale.ROOT)))
        .flatMap(
            name ->
                CharsetLabels.charset(name)
                    .or(
                        () ->
                            Optional.of(name).filter(Charset::isSupported).map(Charset::forName)));
  }

  private static List<Charset> icu(byte[] sample) {
    CharsetDetector detector = new CharsetDetector(SAMPLE);
    detector.setText(sample);
    List<Charset> charsets = new ArrayList<>();
    for (CharsetMatch match : detector.detectAll()) {
      if (match.getConfidence() >= LEAST_CONFIDENCE) {
        CharsetLabels.charset(match.getName())
            .filter(charset -> !charset.name().startsWith("UTF-"))
            .ifPresent(charsets::add);
      }
    }
    return charsets;
  }

  /** What tells of the charset: the bytes above ASCII with those around them. */
  private static byte[] sample(byte[] bytes) {
    if (bytes.length <= SAMPLE) {
      return bytes;
    }
    byte[] sample = new byte[SAMPLE];
    int length = 0;
    int last = -CONTEXT;
    int copied = 0;
    for (int i = 0; i < bytes.length && length < SAMPLE; i++) {
      if (bytes[i] < 0) {
        copied = Math.max(copied, i - CONTEXT);
        last = i;
      }
      while (copied <= Math.min(i, last + CONTEXT) && length < SAMPLE && last >= 0) {
        sample[length++] = bytes[copied++];
      }
    }
    return Arrays.copyOf(sample, length);
  }

  /** In Chinese text bytes above ASCII stand beside others; in Western text mostly alone. */
  private static boolean comesInPairs(byte[] bytes) {
    int high = 0;
    int paired = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] < 0) {
        high++;
        boolean beside = (i > 0 && bytes[i - 1] < 0) || (i + 1 < bytes.length && bytes[i + 1] < 0);
        paired += beside ? 1 : 0;
      }
    }
    return high > 0 && paired >= MIN_PAIRED_SHARE * high;
  }
}
