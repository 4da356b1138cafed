package io.kvasir.evaluate.dataset;

import java.nio.file.Path;

/**
 * Where a record stands.
 *
 * @param file its name
 * @param line from 1; 0 if it has none
 */
record Place(String file, int line) {
  static Place of(Path file, int line) {
    return new Place(String.valueOf(file.getFileName()), line);
  }
}
