package io.kvasir.bench;

import io.kvasir.core.ProblemException;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server's event loop says of itself at {@code /metrics}: how late it was at each beat, and
 * the processor time it took. A client on the same machine cannot tell its own delays from the
 * server's.
 *
 * @param beats by the upper bound of their lateness in seconds, how many were no later
 * @param worked processor time in seconds
 */
record EngineLoop(NavigableMap<Double, Long> beats, double worked) {
  private static final Pattern BUCKET =
      Pattern.compile(
          "^kvasir_event_loop_lag_seconds_bucket\\{le=\"([^\"]+)\"} (\\S+)", Pattern.MULTILINE);
  private static final Pattern WORKED =
      Pattern.compile("^kvasir_event_loop_cpu_seconds_total (\\S+)", Pattern.MULTILINE);

  /**
   * Reads what Prometheus would read.
   *
   * @throws ProblemException UNAVAILABLE if the event loop is not in it
   */
  static EngineLoop of(String metrics) {
    NavigableMap<Double, Long> beats = new TreeMap<>();
    Matcher bucket = BUCKET.matcher(metrics);
    while (bucket.find()) {
      double bound = bucket.group(1).equals("+Inf") ? Double.POSITIVE_INFINITY : number(bucket, 1);
      beats.put(bound, (long) number(bucket, 2));
    }
    Matcher worked = WORKED.matcher(metrics);
    if (beats.isEmpty() || !worked.find()) {
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE,
          "/metrics says nothing of the event loop; --server names a running Kvasir of this version");
    }
    return new EngineLoop(beats, number(worked, 1));
  }

  private static double number(Matcher matcher, int group) {
    return Double.parseDouble(matcher.group(group));
  }

  /** What happened since an earlier look. */
  EngineLoop since(EngineLoop earlier) {
    NavigableMap<Double, Long> during = new TreeMap<>();
    beats.forEach(
        (bound, count) -> during.put(bound, count - earlier.beats.getOrDefault(bound, 0L)));
    return new EngineLoop(during, worked - earlier.worked);
  }

  /** Milliseconds that no beat was later than: the bound of the histogram above the latest. */
  double latestMillis() {
    long all = all();
    return 1e3
        * beats.entrySet().stream()
            .filter(each -> each.getValue() == all)
            .mapToDouble(Map.Entry::getKey)
            .findFirst()
            .orElse(Double.NaN);
  }

  private long all() {
    return beats.lastEntry().getValue();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(all() + " beats");
    beats.forEach(
        (bound, count) -> {
          if (count < all()) {
            text.append(
                String.format(Locale.ROOT, ", %d later than %.0f ms", all() - count, 1e3 * bound));
          }
        });
    return text.toString();
  }
}
