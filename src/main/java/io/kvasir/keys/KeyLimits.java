package io.kvasir.keys;

/**
 * How much may be done with a key in a minute; 0 for as much as anybody likes. Each server counts
 * for itself.
 *
 * @param requests requests a minute
 * @param tokens tokens of prompts and answers a minute
 */
public record KeyLimits(int requests, int tokens) {
  public KeyLimits {
    if (requests < 0 || tokens < 0) {
      throw new IllegalArgumentException("a limit is 0 or more");
    }
  }
}
