package io.kvasir.ingest;

import io.kvasir.config.KnownSettings;
import io.kvasir.config.Setting;
import io.kvasir.config.Settings;
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

  /** The most characters of a file's name. */
  public static final int NAME_CHARACTERS = 255;

  /** How many jobs are remembered; of those that finished, the oldest is forgotten first. */
  public static final int KEPT_JOBS = 100;

  private static final int CHARACTERS_OF_A_PASSAGE = 2_000;

  private static final Setting<Integer> QUEUE =
      Setting.number("ingest.queue", 16, 1, 1_000, "Uploads that may wait to be ingested.");

  private static final Setting<Integer> PARALLEL =
      Setting.number(
          "ingest.parallel",
          2,
          1,
          8,
          "Uploads that are ingested at the same time, so that none waits behind a slow file.");

  private static final Setting<Long> MAX_FILE_BYTES =
      Setting.bytes("ingest.max-file-bytes", "64MiB", "1KiB", "4GiB", "The largest document.");

  private static final Setting<Integer> MAX_PAGES =
      Setting.number("ingest.max-pages", 5_000, 1, 100_000, "Pages of a document at the most.");

  private static final Setting<Integer> MAX_PASSAGES =
      Setting.number(
          "ingest.max-passages", 20_000, 1, 1_000_000, "Passages of a document at the most.");

  private static final Setting<Duration> FILE_TIME =
      Setting.seconds(
          "ingest.file-seconds", 120, 1, 86_400, "How long a document may take to read.");

  private static final Setting<Long> READER_MEMORY =
      Setting.bytes(
          "ingest.reader-memory",
          "512MiB",
          "64MiB",
          "64GiB",
          "The heap of a process that reads documents.");

  /** All of them. */
  public static final KnownSettings SETTINGS =
      KnownSettings.of(
          QUEUE, PARALLEL, MAX_FILE_BYTES, MAX_PAGES, MAX_PASSAGES, FILE_TIME, READER_MEMORY);

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

  /** Those that are set. */
  public static IngestionLimits of(Settings settings) {
    return new IngestionLimits(
        settings.value(QUEUE),
        settings.value(PARALLEL),
        settings.value(MAX_FILE_BYTES),
        settings.value(MAX_PAGES),
        settings.value(MAX_PASSAGES),
        settings.value(FILE_TIME),
        settings.value(READER_MEMORY));
  }

  /** What reading a file may cost: more characters could not become that many passages. */
  ReaderLimits reader() {
    int characters =
        (int) Math.min(Integer.MAX_VALUE, (long) maxPassages * CHARACTERS_OF_A_PASSAGE);
    return new ReaderLimits(
        new DocumentLimits(maxFileBytes, maxPages, characters), readerBytes, perFile);
  }
}
