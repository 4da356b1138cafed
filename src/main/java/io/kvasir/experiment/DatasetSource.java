package io.kvasir.experiment;

import java.nio.file.Path;

/** Where the labelled questions of an experiment come from. */
public sealed interface DatasetSource {
  /**
   * What somebody wrote.
   *
   * @param path a file, or a folder of files; no longer needed once the experiment is kept
   */
  record Files(Path path) implements DatasetSource {}

  /**
   * A collection whose headings are questions, each answered by its section.
   *
   * @param collection its name
   */
  record Headings(String collection) implements DatasetSource {}

  /** What was marked at contrasts. */
  record Marked() implements DatasetSource {}
}
