package io.kvasir.generate;

import java.util.List;

/**
 * Ends a text at the first of some strings, wherever token boundaries fall: text that may be the
 * beginning of a stop string is held back until it is known to be none. Used by one thread.
 */
final class StopStrings {
  private final List<String> stops;
  private String held = "";
  private boolean stopped;

  /** Watches for these strings; empty ones are ignored. */
  StopStrings(List<String> stops) {
    this.stops = stops.stream().filter(stop -> !stop.isEmpty()).toList();
  }

  /** The text that can be shown after this addition. */
  String add(String text) {
    String all = held + text;
    int end = firstStop(all);
    if (end >= 0) {
      stopped = true;
      held = "";
      return all.substring(0, end);
    }
    int keep = longestBeginning(all);
    held = all.substring(all.length() - keep);
    return all.substring(0, all.length() - keep);
  }

  /** Whether a stop string came. */
  boolean stopped() {
    return stopped;
  }

  /** What is held back and, as nothing follows, belongs to the text. */
  String tail() {
    return held;
  }

  private int firstStop(String text) {
    int first = -1;
    for (String stop : stops) {
      int at = text.indexOf(stop);
      if (at >= 0 && (first < 0 || at < first)) {
        first = at;
      }
    }
    return first;
  }

  /** Length of the longest end of the text that is the beginning of a stop string. */
  private int longestBeginning(String text) {
    int longest = 0;
    for (String stop : stops) {
      for (int length = Math.min(stop.length() - 1, text.length()); length > longest; length--) {
        if (text.endsWith(stop.substring(0, length))) {
          longest = length;
          break;
        }
      }
    }
    return longest;
  }
}
