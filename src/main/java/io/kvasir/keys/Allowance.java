package io.kvasir.keys;

import java.util.concurrent.TimeUnit;

/**
 * How much is left of a limit a minute: what was taken grows back evenly, up to a whole minute's
 * worth. It may be overdrawn by what is known only afterwards; then nothing is left for the longer.
 * Safe to use from any thread.
 */
public final class Allowance {
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final int perMinute;
  private double left;
  private long asOf;

  /**
   * A full allowance.
   *
   * @param perMinute 0 for no limit
   * @param nowNanos now, by {@link System#nanoTime()}
   */
  public Allowance(int perMinute, long nowNanos) {
    this.perMinute = perMinute;
    this.left = perMinute;
    this.asOf = nowNanos;
  }

  /**
   * Takes something if anything is left.
   *
   * @param amount what is known to be needed by now; 0 only asks
   * @return 0 if it was taken, otherwise after how many seconds something will be left
   */
  public synchronized int take(double amount, long nowNanos) {
    if (perMinute == 0) {
      return 0;
    }
    grow(nowNanos);
    double least = Math.max(1, Math.min(amount, perMinute));
    if (left < least) {
      return Math.max(1, (int) Math.ceil((least - left) * 60 / perMinute));
    }
    left -= amount;
    return 0;
  }

  /** Takes what was used already. */
  public synchronized void overdraw(double amount, long nowNanos) {
    grow(nowNanos);
    left -= amount;
  }

  private void grow(long nowNanos) {
    left = Math.min(perMinute, left + (double) (nowNanos - asOf) * perMinute / MINUTE_NANOS);
    asOf = nowNanos;
  }
}
