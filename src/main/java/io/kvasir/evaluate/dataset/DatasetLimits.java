package io.kvasir.evaluate.dataset;

import io.kvasir.core.ProblemException;
import java.util.Locale;

/**
 * How much of a dataset is read.
 *
 * @param maxFileBytes the largest file; a larger one is refused
 * @param maxRecords the most documents and questions together; more are refused
 * @param maxCharacters the longest document or question; a longer one is a bad record
 * @param maxBadRecords how many bad records are named; further ones are counted
 */
public record DatasetLimits(
    long maxFileBytes, int maxRecords, int maxCharacters, int maxBadRecords) {
  /** What is read if nothing else is said. */
  public static final DatasetLimits DEFAULTS =
      new DatasetLimits(256L << 20, 1_000_000, 1_000_000, 1_000);

  public DatasetLimits {
    if (maxFileBytes < 1 || maxRecords < 1 || maxCharacters < 1 || maxBadRecords < 1) {
      throw new IllegalArgumentException("every limit is at least 1");
    }
  }

  void checkBytes(String file, long bytes) {
    if (bytes > maxFileBytes) {
      throw tooLarge(
          "%s has %,d bytes; a file of a dataset may have %,d", file, bytes, maxFileBytes);
    }
  }

  void checkRecords(int records) {
    if (records > maxRecords) {
      throw tooLarge("a dataset may have %,d documents and questions together", maxRecords);
    }
  }

  private static ProblemException tooLarge(String message, Object... values) {
    return new ProblemException(
        ProblemException.Kind.TOO_LARGE,
        String.format(Locale.ROOT, message, values) + ". Split it.");
  }
}
