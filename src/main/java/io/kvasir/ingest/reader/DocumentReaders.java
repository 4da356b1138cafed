package io.kvasir.ingest.reader;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.ingest.format.LoadedDocument;
import io.kvasir.ingest.reader.ReaderProcess.ReaderEndedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads files, each thread's in a process of its own, which is kept for the next file if nothing
 * went wrong and ends by itself when there is none for a while. Callable from any thread; blocks
 * it.
 */
public final class DocumentReaders implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DocumentReaders.class.getName());

  private final ReaderLimits limits;
  private final Deque<ReaderProcess> idle = new ArrayDeque<>();
  private boolean closed;

  /** None yet: the first file starts the first process. */
  public DocumentReaders(ReaderLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads a file.
   *
   * @param name tells its format by the extension
   * @param cancelled asked several times a second
   * @throws ProblemException with what is wrong with it, also that it took too much time or memory;
   *     the sentence has no subject, since the file's name stands beside it
   * @throws CancellationException if that was asked for
   * @throws InterruptedException if this thread is to end
   */
  public LoadedDocument read(String name, Path file, BooleanSupplier cancelled)
      throws IOException, InterruptedException {
    ReaderProcess kept = take();
    if (kept != null) {
      try {
        return read(kept, name, file, cancelled);
      } catch (ReaderEndedException e) {
        // For want of work, or by somebody's hand: a fresh one tells whether the file is to blame.
        LOG.log(System.Logger.Level.DEBUG, "a reader is replaced", e);
      }
    }
    try {
      return read(ReaderProcess.start(limits), name, file, cancelled);
    } catch (ReaderEndedException e) {
      throw blame(e.status);
    }
  }

  private ProblemException blame(int status) {
    if (status == ReaderMain.OUT_OF_MEMORY) {
      return new ProblemException(
          Kind.TOO_LARGE,
          "needs more than %d MiB of memory to read; split it or raise the setting ingest.reader-memory"
              .formatted(limits.heapBytes() >> 20));
    }
    return new ProblemException(
        Kind.INVALID,
        "ended what read it (status %d); save or print it anew in another program"
            .formatted(status));
  }

  private LoadedDocument read(
      ReaderProcess process, String name, Path file, BooleanSupplier cancelled)
      throws ReaderEndedException, InterruptedException {
    try {
      return process.read(name, file, cancelled);
    } finally {
      if (process.isIdle()) {
        keep(process);
      } else {
        process.close();
      }
    }
  }

  private synchronized @Nullable ReaderProcess take() {
    ReaderProcess process;
    while ((process = idle.poll()) != null && !process.isIdle()) {
      process.close();
    }
    return process;
  }

  private synchronized void keep(ReaderProcess process) {
    if (closed) {
      process.close();
    } else {
      idle.push(process);
    }
  }

  /** Ends the processes that have nothing to do; one that reads ends with its file. */
  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(ReaderProcess::close);
    idle.clear();
  }
}
