package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;

/** Takes text until it is too much, so that what a small file expands to never fills the memory. */
final class BoundedText implements Appendable {
  private final StringBuilder text = new StringBuilder();
  private final int limit;

  BoundedText(int limit) {
    this.limit = limit;
  }

  @Override
  public Appendable append(CharSequence characters) {
    return append(characters, 0, characters.length());
  }

  @Override
  public Appendable append(CharSequence characters, int start, int end) {
    if (end - start > limit - text.length()) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "becomes more than %d million characters once its references are written out; split it"
              .formatted(limit / 1_000_000));
    }
    text.append(characters, start, end);
    return this;
  }

  @Override
  public Appendable append(char character) {
    return append(String.valueOf(character));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
