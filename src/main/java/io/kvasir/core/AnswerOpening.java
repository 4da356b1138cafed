package io.kvasir.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * With which words an answer from passages begins: they are given to the decoder, which goes on
 * from there. The wire name is the lower case name.
 */
public enum AnswerOpening {
  /** The decoder begins by itself. */
  NONE,
  /** "According to the passage,". */
  PASSAGE,
  /** "The answer is". */
  ANSWER;

  /** The opening of a name. */
  public static Optional<AnswerOpening> of(String name) {
    return Arrays.stream(values()).filter(each -> each.toString().equals(name)).findFirst();
  }

  /** Their names, for a sentence. */
  public static String listed() {
    return Arrays.stream(values()).map(AnswerOpening::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
