package io.kvasir.ingest;

import io.kvasir.core.Checksum;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.retrieve.Library.Original;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that are being read, copied out of the store one by one when their turn comes. */
final class FileCopies {
  private static final System.Logger LOG = System.getLogger(FileCopies.class.getName());

  private final Path folder;
  private final JobStore store;

  /** Copies in a folder of this server's own, which is there. */
  FileCopies(Path folder, JobStore store) {
    this.folder = folder;
    this.store = store;
  }

  /** A copy, which the caller deletes. */
  Original copy(IngestionJob job, int file, JobSteps steps) throws InterruptedException {
    Path copy = folder.resolve(job.id() + "-" + file);
    boolean whole = false;
    try {
      write(job, file, steps, copy);
      Original original = new Original(Checksum.of(copy, done -> {}), Files.size(copy), copy);
      whole = true;
      return original;
    } catch (IOException e) {
      throw new ProblemException(
          Kind.UNAVAILABLE,
          "could not be copied to the server's disk; make room in its data folder, then ingest it"
              + " again",
          e);
    } finally {
      if (!whole) {
        delete(copy);
      }
    }
  }

  private void write(IngestionJob job, int file, JobSteps steps, Path copy)
      throws IOException, InterruptedException {
    try (OutputStream out = Files.newOutputStream(copy)) {
      for (int next = 0; ; next++) {
        int piece = next;
        byte[] content = steps.stored(() -> store.piece(job.id(), file, piece));
        if (content.length == 0) {
          return;
        }
        out.write(content);
      }
    }
  }

  static void delete(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "temporary file not deleted: " + copy, e);
    }
  }
}
