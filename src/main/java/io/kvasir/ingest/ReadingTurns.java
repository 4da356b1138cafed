package io.kvasir.ingest;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets files be read side by side, but alone those over which servers ended: if it happens again,
 * no other file is blamed with them.
 */
final class ReadingTurns {
  private static final int LOOK_MILLISECONDS = 100;

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);

  /** A file's turn; belongs to the thread that took it. */
  final class Turn implements AutoCloseable {
    private Lock held;

    private Turn(Lock held) {
      this.held = held;
    }

    /** The file is cleared of suspicion: others may be read beside it. */
    void letOthersIn() {
      if (held == lock.writeLock()) {
        lock.readLock().lock();
        held.unlock();
        held = lock.readLock();
      }
    }

    @Override
    public void close() {
      held.unlock();
    }
  }

  /**
   * Waits for a turn.
   *
   * @param alone whether nothing may be read beside it
   * @throws java.util.concurrent.CancellationException if the job is stopped meanwhile
   */
  Turn take(IngestionJob job, boolean alone) throws InterruptedException {
    Lock wanted = alone ? lock.writeLock() : lock.readLock();
    do {
      job.checkGoesOn();
    } while (!wanted.tryLock(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS));
    return new Turn(wanted);
  }
}
