package io.kvasir.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant when a name is not known. */
public final class NearestName {
  private NearestName() {}

  /**
   * The known name that needs the fewest changed, added, dropped or swapped characters, whatever
   * the case; empty if even that one has little in common with what was written.
   */
  public static Optional<String> of(String written, Collection<String> known) {
    String sought = written.toLowerCase(Locale.ROOT);
    return known.stream()
        .min(Comparator.comparingInt(name -> distance(sought, name.toLowerCase(Locale.ROOT))))
        .filter(name -> distance(sought, name.toLowerCase(Locale.ROOT)) <= tolerance(sought, name));
  }

  /** {@code ; did you mean "x"?} to append to an error, or nothing. */
  public static String hint(String written, Collection<String> known) {
    return of(written, known).map(name -> "; did you mean \"" + name + "\"?").orElse("");
  }

  private static int tolerance(String written, String name) {
    return Math.max(2, Math.max(written.length(), name.length()) / 2);
  }

  /** Edit distance with swaps of neighbours (optimal string alignment). */
  static int distance(String one, String other) {
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
        best = Math.min(best, cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          best = Math.min(best, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = best;
      }
    }
    return cost[one.length()][other.length()];
  }
}
