package io.kvasir.retrieve;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a collection may be called: it goes into addresses and onto command lines. */
public final class CollectionName {
  /** The most characters. */
  public static final int MAX_LENGTH = 63;

  /** Lower case letters, digits and hyphens, none of them first. */
  public static final Pattern FORM =
      Pattern.compile("[a-z0-9][a-z0-9-]{0,%d}".formatted(MAX_LENGTH - 1));

  /** What a name is where a title has no letter that a name can have. */
  private static final String OTHERWISE = "collection";

  private CollectionName() {}

  /**
   * A name made of a title: plain letters for those with marks, hyphens for what a name cannot
   * have, and a number where it is taken.
   */
  public static String of(String title, Collection<String> taken) {
    String plain =
        Normalizer.normalize(title, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+", "");
    String base = plain.isEmpty() ? OTHERWISE : cut(plain, MAX_LENGTH);
    String name = base;
    for (int number = 2; taken.contains(name); number++) {
      String end = "-" + number;
      name = cut(base, MAX_LENGTH - end.length()) + end;
    }
    return name;
  }

  private static String cut(String name, int most) {
    return name.substring(0, Math.min(name.length(), most)).replaceAll("-+$", "");
  }

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
