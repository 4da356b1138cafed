package io.kvasir.ingest;

/**
 * What ingestion takes at the most.
 *
 * @param queue jobs that wait
 * @param maxFileBytes of a file
 * @param maxPages of a PDF
 * @param maxPassages of a document
 */
public record IngestionLimits(int queue, long maxFileBytes, int maxPages, int maxPassages) {
  /** 16 jobs, 64 MiB, 5,000 pages, 20,000 passages. */
  public static final IngestionLimits DEFAULT = new IngestionLimits(16, 64L << 20, 5_000, 20_000);

  /** The most files of a job. */
  public static final int MAX_FILES = 10_000;

  /** How many jobs are remembered; of those that finished, the oldest is forgotten first. */
  public static final int KEPT_JOBS = 100;

  private static final int CHARACTERS_OF_A_PASSAGE = 2_000;

  /** The most characters of a document: more could not become {@link #maxPassages} passages. */
  public int maxCharacters() {
    return (int) Math.min(Integer.MAX_VALUE, (long) maxPassages * CHARACTERS_OF_A_PASSAGE);
  }
}
