package io.kvasir.core;

/**
 * What a line of the log is about, as a parameter of its message: logs in JSON name it in a field
 * of its own, so that everything about one contrast can be found.
 *
 * @param contrast its id
 */
public record About(String contrast) {
  @Override
  public String toString() {
    return "contrast " + contrast;
  }
}
