package io.kvasir.server;

import io.kvasir.core.ProblemException;
import io.kvasir.core.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where one server's uploads wait until they are read: a folder of its own beside those of other
 * servers on the same data folder. A lock, which the system gives back however the server ends,
 * says that it is used; who claims a folder deletes those that are not. Nothing is lost with them:
 * what an accepted job needs is in the database, and who takes it over copies it from there.
 */
final class UploadFolder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(UploadFolder.class.getName());
  private static final String LOCK = ".lock";
  private static final String CLAIMING = "claiming";

  /** Files from before there were such folders; a server of that time may still be at work. */
  private static final Duration LOOSE = Duration.ofDays(1);

  /** Closing any channel of a file gives back what this process has locked of it. */
  private static final Set<Path> OURS = new HashSet<>();

  private final Path path;
  private final FileChannel lock;

  private UploadFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes one, and deletes what ended servers left. Blocks.
   *
   * @param all the folder of all of them
   * @throws ProblemException UNAVAILABLE if it cannot be written
   */
  static synchronized UploadFolder claim(Path all) {
    try {
      Files.createDirectories(all);
      // One server at a time, so that none sees another's lock before it is locked.
      try (FileChannel claiming = opened(all.resolve(CLAIMING + LOCK))) {
        claiming.lock();
        clean(all);
        Path path = Files.createDirectory(all.resolve(UUID.randomUUID().toString()));
        FileChannel lock = opened(lockOf(path));
        lock.lock();
        OURS.add(path);
        return new UploadFolder(path, lock);
      }
    } catch (IOException e) {
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE,
          "the folder of uploads cannot be used: " + Reason.of(e),
          "%s: %s".formatted(all, e),
          e);
    }
  }

  private static FileChannel opened(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static Path lockOf(Path folder) {
    return folder.resolveSibling(folder.getFileName() + LOCK);
  }

  private static void clean(Path all) throws IOException {
    Instant old = Instant.now().minus(LOOSE);
    for (Path each : listed(all)) {
      if (Files.isDirectory(each)) {
        if (isLeft(each)) {
          LOG.log(System.Logger.Level.INFO, "deleting the uploads of a server that ended: " + each);
          delete(each);
          delete(lockOf(each));
        }
      } else if (!each.toString().endsWith(LOCK)
          && Files.getLastModifiedTime(each).toInstant().isBefore(old)) {
        delete(each);
      }
    }
  }

  private static boolean isLeft(Path folder) throws IOException {
    if (OURS.contains(folder)) {
      return false;
    }
    try (FileChannel channel = opened(lockOf(folder))) {
      return channel.tryLock() != null;
    }
  }

  /** Where the files go. */
  Path path() {
    return path;
  }

  /** Deletes it with what is left in it. Blocks. */
  @Override
  public void close() {
    synchronized (UploadFolder.class) {
      delete(path);
      delete(lockOf(path));
      OURS.remove(path);
      try {
        lock.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "unlocking " + path, e);
      }
    }
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  /** Deletes a file, or a folder of files; what cannot be deleted is logged. */
  private static void delete(Path path) {
    try {
      if (Files.isDirectory(path)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
          files.forEach(UploadFolder::delete);
        }
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot delete " + path, e);
    }
  }
}
