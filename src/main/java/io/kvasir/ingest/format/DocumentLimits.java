package io.kvasir.ingest.format;

import java.time.Duration;

/**
 * How much of a file is read.
 *
 * @param maxFileBytes the largest file
 * @param maxPages the most pages of a file
 * @param maxCharacters the most characters of a document's text
 * @param perFile how long a file may take to read
 */
public record DocumentLimits(long maxFileBytes, int maxPages, int maxCharacters, Duration perFile) {
  public DocumentLimits {
    if (maxFileBytes < 1 || maxPages < 1 || maxCharacters < 1 || perFile.isNegative()) {
      throw new IllegalArgumentException("every limit is at least 1");
    }
  }
}
