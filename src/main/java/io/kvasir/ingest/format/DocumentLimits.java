package io.kvasir.ingest.format;

/**
 * How much of a file is read.
 *
 * @param maxFileBytes the largest file
 * @param maxPages the most pages of a file
 * @param maxCharacters the most characters of a document's text
 */
public record DocumentLimits(long maxFileBytes, int maxPages, int maxCharacters) {
  public DocumentLimits {
    if (maxFileBytes < 1 || maxPages < 1 || maxCharacters < 1) {
      throw new IllegalArgumentException("every limit is at least 1");
    }
  }
}
