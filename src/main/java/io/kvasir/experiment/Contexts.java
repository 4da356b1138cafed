package io.kvasir.experiment;

import io.kvasir.core.Checksum;
import io.kvasir.core.ValueKind;
import io.kvasir.retrieve.CollectionName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the documents of an experiment are stored: each way is a collection of its own.
 *
 * @param encoder its name; null for that of their language
 * @param length the most tokens of a passage; null for as many as usual
 * @param values what of its passages goes into a prompt; null for the passages as they stand
 */
record Contexts(@Nullable String encoder, @Nullable Integer length, @Nullable ValueKind values) {
  private static final int CHECKSUM_CHARACTERS = 8;

  /** As rows of these settings have them. */
  static Contexts of(Map<Factor, String> settings) {
    String length = settings.get(Factor.PASSAGE_LENGTH);
    String values = settings.get(Factor.VALUES);
    return new Contexts(
        settings.get(Factor.ENCODER),
        length == null ? null : Integer.valueOf(length),
        values == null ? null : ValueKind.of(values).orElse(null));
  }

  /**
   * The collection's name.
   *
   * @param usual where they are when no row says otherwise
   */
  String collection(String usual) {
    if (encoder == null && length == null && values == null) {
      return usual;
    }
    String checksum = Checksum.of("%s\n%s\n%s".formatted(encoder, length, values));
    return CollectionName.checked(usual + "-" + checksum.substring(0, CHECKSUM_CHARACTERS));
  }
}
