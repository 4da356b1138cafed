package io.kvasir.generate;

import java.util.function.Supplier;

/**
 * How much of a prompt is read in one pass. While others answer it is what takes about as long as
 * some of their steps, as measured of late: behind a long context or by a larger decoder fewer
 * tokens, so that the others wait no longer. Used by the inference thread, but for {@link
 * #seconds}.
 */
final class ReadingPace {
  /** What is read before a step and a read were measured. */
  static final int FIRST = 16;

  /** What is always read, so that a prompt comes to its end. */
  static final int LEAST = 4;

  private static final double WEIGHT_OF_NEWEST = 0.5;

  private final int alone;
  private final int steps;
  private double stepNanos = Double.NaN;
  private volatile double tokenNanos = Double.NaN;

  /**
   * A pace.
   *
   * @param alone tokens that are read in one pass while nobody answers; the most while somebody
   *     does
   * @param steps how many steps of others a pass may take
   */
  ReadingPace(int alone, int steps) {
    this.alone = alone;
    this.steps = steps;
  }

  /** The tokens of the next pass. */
  int tokens(boolean othersAnswer) {
    if (!othersAnswer) {
      return alone;
    }
    if (Double.isNaN(stepNanos) || Double.isNaN(tokenNanos)) {
      return Math.min(FIRST, alone);
    }
    // A pass loads the weights once, as a step does, whatever it reads.
    long count = Math.round((steps - 1) * stepNanos / tokenNanos);
    return Math.toIntExact(Math.max(Math.min(LEAST, alone), Math.min(count, alone)));
  }

  /** How long reading so many tokens takes, in seconds; infinite before that was measured. */
  double seconds(int tokens) {
    double nanos = tokenNanos;
    return Double.isNaN(nanos) ? Double.POSITIVE_INFINITY : tokens * nanos / 1e9;
  }

  /** Takes a step and notes how long it takes. */
  Decoder.Pass step(Supplier<Decoder.Pass> step) {
    long begin = System.nanoTime();
    Decoder.Pass pass = step.get();
    stepped(System.nanoTime() - begin);
    return pass;
  }

  /** Reads so many tokens and notes how long that takes. */
  Decoder.Pass read(int tokens, Supplier<Decoder.Pass> read) {
    long begin = System.nanoTime();
    Decoder.Pass pass = read.get();
    wasRead(tokens, System.nanoTime() - begin);
    return pass;
  }

  void stepped(long nanos) {
    stepNanos = smoothed(stepNanos, (double) nanos);
  }

  void wasRead(int tokens, long nanos) {
    double weights = Double.isNaN(stepNanos) ? 0 : Math.min(stepNanos, nanos / 2.0);
    tokenNanos = smoothed(tokenNanos, (nanos - weights) / tokens);
  }

  private static double smoothed(double before, double now) {
    return Double.isNaN(before) ? now : before + WEIGHT_OF_NEWEST * (now - before);
  }
}
