package io.kvasir.keys;

import java.util.concurrent.TimeUnit;

/**
 * How much is left of a limit a minute: what was taken grows back evenly, up to a whole minute's
 * worth. There is never less than nothing left: what may be needed is taken beforehand, and what
 * was not comes back. Safe to use from any thread.
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

  /** Whether so much can be taken at all, be it in a while. */
  public boolean holds(int amount) {
    return perMinute == 0 || amount <= perMinute;
  }

  /**
   * Takes something if so much is left.
   *
   * @param amount no more than {@link #holds} allows; 0 asks whether anything is left
   * @return 0 if it was taken, otherwise after how many seconds so much will be left
   */
  public synchronized int take(int amount, long nowNanos) {
    if (perMinute == 0) {
      return 0;
    }
    grow(nowNanos);
    int least = Math.max(1, amount);
    if (left < least) {
      return Math.max(1, (int) Math.ceil((least - left) * 60 / perMinute));
    }
    left -= amount;
    return 0;
  }

  /** Gives back what was taken and not used. */
  public synchronized void giveBack(int amount, long nowNanos) {
    grow(nowNanos);
    left = Math.min(perMinute, left + amount);
  }

  private void grow(long nowNanos) {
    left = Math.min(perMinute, left + (double) (nowNanos - asOf) * perMinute / MINUTE_NANOS);
    asOf = nowNanos;
  }
}
