package io.kvasir.postgres;

import java.util.Collection;
import java.util.Comparator;

/** Says which name somebody may have meant. */
final class NearestName {
  private NearestName() {}

  /** A sentence with the most similar name, or that there is none at all. */
  static String hint(String given, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(given, name)))
        .map("the nearest there is: %s"::formatted)
        .orElse("there is none yet");
  }

  /** Levenshtein: the fewest insertions, deletions and replacements of a character. */
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], diagonal));
      }
    }
    return row[to.length()];
  }
}
