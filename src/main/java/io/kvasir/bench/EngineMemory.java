package io.kvasir.bench;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * The memory of this process, all in MiB.
 *
 * @param resident what the system counts, after Java's garbage was collected
 * @param heap Java's own, after that
 * @param direct buffers outside of it, after that
 * @param directBefore the same before: buffers that only the collector would have freed are in it
 */
record EngineMemory(double resident, double heap, double direct, double directBefore) {
  private static final double MIB = 1 << 20;

  /** As it is now. Collects garbage, which blocks. */
  static EngineMemory now() {
    double before = directBytes() / MIB;
    System.gc();
    double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
    return new EngineMemory(
        EngineMachine.residentKib() / 1024.0, heap, directBytes() / MIB, before);
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "resident %.1f, heap %.1f, direct %.1f MiB (%.1f before collecting)",
        resident,
        heap,
        direct,
        directBefore);
  }
}
