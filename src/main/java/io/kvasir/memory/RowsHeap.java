package io.kvasir.memory;

import java.util.concurrent.Semaphore;

/**
 * The memory that rows may take on their way between the database and decoders; {@code
 * memory.heap-bytes}. Callable from any thread; never blocks.
 */
public final class RowsHeap {
  private final Semaphore freeKilobytes;

  /** A heap of this size, all of it free. */
  public RowsHeap(MemoryOptions limits) {
    this.freeKilobytes = new Semaphore(kilobytes(limits.heapBytes()));
  }

  /** Takes room for so many bytes, if it is there. */
  boolean take(long bytes) {
    return freeKilobytes.tryAcquire(kilobytes(bytes));
  }

  /** Gives as many back. */
  void giveBack(long bytes) {
    freeKilobytes.release(kilobytes(bytes));
  }

  private static int kilobytes(long bytes) {
    return Math.toIntExact(Math.min(Integer.MAX_VALUE, (bytes + 1_023) >> 10));
  }
}
