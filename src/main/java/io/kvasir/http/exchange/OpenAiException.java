package io.kvasir.http.exchange;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A refusal that the OpenAI-compatible routes name more closely than a status can. */
public final class OpenAiException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable String parameter;
  private final @Nullable String code;

  /**
   * A refusal of a request.
   *
   * @param status the HTTP status
   * @param message what is wrong, in words
   * @param parameter the field that is wrong; null if it is none in particular
   * @param code what programs look at; null if there is nothing to say
   */
  public OpenAiException(
      int status, String message, @Nullable String parameter, @Nullable String code) {
    super(message);
    this.status = status;
    this.parameter = parameter;
    this.code = code;
  }

  /** Something a request asks for that is not offered. */
  public static OpenAiException unsupported(String parameter, String message) {
    return new OpenAiException(400, message, parameter, "unsupported_value");
  }

  int status() {
    return status;
  }

  @Nullable String parameter() {
    return parameter;
  }

  @Nullable String code() {
    return code;
  }
}
