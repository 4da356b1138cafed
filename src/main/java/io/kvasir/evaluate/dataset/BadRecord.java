package io.kvasir.evaluate.dataset;

/**
 * A record that could not be used, while the rest was.
 *
 * @param file its name within the dataset
 * @param line where it begins, from 1; 0 if it has no line
 * @param reason what is wrong with it
 */
public record BadRecord(String file, int line, String reason) {
  @Override
  public String toString() {
    return line == 0 ? file + ": " + reason : "%s, line %d: %s".formatted(file, line, reason);
  }
}
