package io.kvasir.http.exchange;

import java.io.Serial;

/** A field or parameter of a request that is not as it must be. */
public final class InvalidFieldException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * A field that is wrong.
   *
   * @param field its full name, for example {@code sampling.temperature}
   * @param message what is wrong and what it may be, in words
   */
  public InvalidFieldException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The full name of the field. */
  String field() {
    return field;
  }
}
