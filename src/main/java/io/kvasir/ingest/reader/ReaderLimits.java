package io.kvasir.ingest.reader;

import io.kvasir.ingest.format.DocumentLimits;
import java.time.Duration;

/**
 * What the reading of one file may cost.
 *
 * @param documents how much of a file is read
 * @param heapBytes the heap of a process that reads
 * @param perFile how long a file may take to read
 */
public record ReaderLimits(DocumentLimits documents, long heapBytes, Duration perFile) {
  public ReaderLimits {
    if (heapBytes < 1 || perFile.isNegative()) {
      throw new IllegalArgumentException("every limit is at least 1");
    }
  }
}
