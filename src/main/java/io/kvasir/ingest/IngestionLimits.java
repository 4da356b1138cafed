package io.kvasir.ingest;

import io.kvasir.ingest.format.DocumentLimits;
import io.kvasir.ingest.reader.ReaderLimits;
import java.time.Duration;

/**
 * How much ingestion takes on.
 *
 * @param queue jobs that may wait; more are BUSY
 * @param parallel jobs that run at the same time
 * @param maxFileBytes the largest file
 * @param maxPages the most pages of a file
 * @param maxPassages the most passages of a file
 * @param perFile how long a file may take to read
 * @param readerBytes the heap of a process that reads
 */
public record IngestionLimits(
    int queue,
    int parallel,
    long maxFileBytes,
    int maxPages,
    int maxPassages,
    Duration perFile,
    long readerBytes) {
  /** The most files of a job. */
  public static final int MAX_FILES = 10_000;

  /** How many jobs are remembered; of those that finished, the oldest is forgotten first. */
  public static final int KEPT_JOBS = 100;

  private static final int CHARACTERS_OF_A_PASSAGE = 2_000;

  /** What the settings default to. */
  public static final IngestionLimits DEFAULT =
      new IngestionLimits(16, 2, 64L << 20, 5_000, 20_000, Duration.ofMinutes(2), 512L << 20);

  public IngestionLimits {
    if (queue < 1
        || parallel < 1
        || maxFileBytes < 1
        || maxPages < 1
        || maxPassages < 1
        || perFile.isNegative()) {
      throw new IllegalArgumentException("every limit is at least 1");
    }
  }

  /** What reading a file may cost: more characters could not become that many passages. */
  ReaderLimits reader() {
    int characters =
        (int) Math.min(Integer.MAX_VALUE, (long) maxPassages * CHARACTERS_OF_A_PASSAGE);
    return new ReaderLimits(
        new DocumentLimits(maxFileBytes, maxPages, characters), readerBytes, perFile);
  }
}
