package io.kvasir.retrieve;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.util.regex.Pattern;

/** What a collection may be called: it goes into addresses and onto command lines. */
public final class CollectionName {
  /** The most characters. */
  public static final int MAX_LENGTH = 63;

  /** Lower case letters, digits and hyphens, none of them first. */
  public static final Pattern FORM =
      Pattern.compile("[a-z0-9][a-z0-9-]{0,%d}".formatted(MAX_LENGTH - 1));

  private CollectionName() {}

  /** Gives the name back; INVALID if it cannot be one. */
  public static String checked(String name) {
    if (!FORM.matcher(name).matches()) {
      throw new ProblemException(
          Kind.INVALID,
          "a collection's name has lower case letters, digits and hyphens, at most %d, and no hyphen first"
              .formatted(MAX_LENGTH));
    }
    return name;
  }
}
