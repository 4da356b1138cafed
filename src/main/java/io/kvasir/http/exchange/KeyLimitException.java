package io.kvasir.http.exchange;

import java.io.Serial;

/** A key has used what it may for now. */
public final class KeyLimitException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int seconds;

  /**
   * A key that must wait.
   *
   * @param what it used up: requests or tokens
   * @param setting where that limit comes from unless the key has its own
   * @param seconds after which the same request may succeed
   */
  public KeyLimitException(String what, String setting, int seconds) {
    super(
        "The key has used its %s of this minute (%s, or the key's own); try again in %d s."
            .formatted(what, setting, seconds));
    this.seconds = seconds;
  }

  /** After how many seconds the same request may succeed. */
  int seconds() {
    return seconds;
  }
}
