package io.kvasir.evaluate.dataset;

import java.io.IOException;
import java.nio.file.Path;

/** One way in which labelled questions are written. */
interface DatasetFormat {
  /** What such a file or folder is, as an error tells it. */
  String described();

  /** Whether a file or folder looks like one, by its name and what lies in it. */
  boolean reads(Path path);

  /** Fills a draft. */
  void read(Path path, ColumnMapping mapping, DatasetDraft draft) throws IOException;
}
