package io.kvasir.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What of a passage goes into a prompt once its key was found: the value that belongs to the key.
 * Each collection has one kind; the keys are the same in all. The wire name is the lower case name.
 */
public enum ValueKind {
  /** The passage as it stands. */
  RAW,
  /** Its own sentences that say the most of it, a third of its length. */
  SUMMARY,
  /** The fields of the record that it is, as JSON; the passage as it stands where it is none. */
  FIELDS;

  /** The kind of a wire name, if there is one. */
  public static Optional<ValueKind> of(String name) {
    return Arrays.stream(values()).filter(kind -> kind.toString().equals(name)).findFirst();
  }

  /** The wire names of all, for a sentence. */
  public static String listed() {
    return Arrays.stream(values()).map(ValueKind::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
