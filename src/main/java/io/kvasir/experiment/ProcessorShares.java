package io.kvasir.experiment;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Shares the processor time of this process among what is asked at the same time: whatever it takes
 * between two beginnings or ends counts in equal parts for all that was under way. Answers are
 * computed together, so nobody can say of a single one what it took; of many the means can be
 * compared. What persons ask meanwhile counts in it, what PostgreSQL takes does not. Callable from
 * any thread.
 */
final class ProcessorShares {
  private final LongSupplier taken;
  private final List<Share> underWay = new ArrayList<>();
  private long last;

  /**
   * Shares of a clock.
   *
   * @param taken nanoseconds of all processors that this process took so far
   */
  ProcessorShares(LongSupplier taken) {
    this.taken = taken;
    this.last = taken.getAsLong();
  }

  /** Those of this process; of nothing where the system does not tell. */
  static ProcessorShares ofProcess() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? new ProcessorShares(() -> Math.max(0, system.getProcessCpuTime()))
        : new ProcessorShares(() -> 0);
  }

  /** Something begins. */
  synchronized Share begin() {
    share();
    Share begun = new Share();
    underWay.add(begun);
    return begun;
  }

  private void share() {
    long now = taken.getAsLong();
    double part = (now - last) / 1e9 / Math.max(1, underWay.size());
    underWay.forEach(each -> each.seconds += part);
    last = now;
  }

  private synchronized double end(Share ended) {
    share();
    underWay.remove(ended);
    return ended.seconds;
  }

  /** What counts for something that is under way. */
  final class Share {
    private double seconds;

    private Share() {}

    /** It ends; how many seconds counted for it. */
    double end() {
      return ProcessorShares.this.end(this);
    }
  }
}
