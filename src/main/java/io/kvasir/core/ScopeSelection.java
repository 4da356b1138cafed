package io.kvasir.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What of a scope is read whole where not all of it fits. The wire name is the lower case name. */
public enum ScopeSelection {
  /** What retrieval ranks first for the question. */
  RETRIEVED,
  /** Its first part, whatever is asked. */
  FIRST;

  /** The selection of a name. */
  public static Optional<ScopeSelection> of(String name) {
    return Arrays.stream(values()).filter(each -> each.toString().equals(name)).findFirst();
  }

  /** Their names, for a sentence. */
  public static String listed() {
    return Arrays.stream(values()).map(ScopeSelection::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
