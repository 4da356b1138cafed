package io.kvasir.models;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to write the files of one model, held by one thread of one process at a time. The
 * system gives it back when a process dies.
 */
final class WriterLock {
  private WriterLock() {}

  /** What is done on disk. */
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Does work that nobody else may do on the same model meanwhile.
   *
   * @throws ProblemException CONFLICT if somebody else is at it
   */
  static <T> T holding(Path folder, String model, Work<T> work) throws IOException {
    Files.createDirectories(folder);
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve(model + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (lock(channel) == null) {
        throw new ProblemException(
            Kind.CONFLICT,
            model + " is being fetched or exported already; try again when that is done.");
      }
      return work.run();
    }
  }

  /** The lock, which the channel gives back when it is closed; null if another process has it. */
  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldHere) {
      return null;
    }
  }
}
