package io.kvasir.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How much an answer is to say. The wire name is the lower case name. */
public enum AnswerStyle {
  /** A few words, as labelled sets of questions have them. */
  SHORT,
  /** A sentence or three. */
  ANSWER,
  /** As much as there is to say. */
  FULL;

  /** The style of a wire name, if there is one. */
  public static Optional<AnswerStyle> of(String name) {
    return Arrays.stream(values()).filter(style -> style.toString().equals(name)).findFirst();
  }

  /** The wire names of all, for a sentence. */
  public static String listed() {
    return Arrays.stream(values()).map(AnswerStyle::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
