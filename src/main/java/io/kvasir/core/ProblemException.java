package io.kvasir.core;

import java.io.Serial;

/** A failure that can be told to the person who asked: what happened and what to do next. */
public final class ProblemException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** What sort of failure it is; each has one HTTP status and one exit code. */
  public enum Kind {
    /** The request is wrong. */
    INVALID,
    /** What the request names is not there. */
    NOT_FOUND,
    /** The request contradicts the present state. */
    CONFLICT,
    /** The request is larger than a limit allows. */
    TOO_LARGE,
    /** The words of the request are more than the decoder, or a question, can have. */
    TOO_LONG,
    /** A bounded queue is full; the same request may succeed later. */
    BUSY,
    /** Something Kvasir needs is not reachable now. */
    UNAVAILABLE,
    /** A defect of Kvasir. */
    INTERNAL
  }

  private final Kind kind;
  private final String told;

  /** A failure with a message in words that say what to do. */
  public ProblemException(Kind kind, String message) {
    super(message);
    this.kind = kind;
    this.told = message;
  }

  /** A failure with its cause. */
  public ProblemException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.told = message;
  }

  /**
   * A failure whose reason is for who runs Kvasir alone: it has addresses in it, or the words of
   * another program.
   *
   * @param told what anybody may read
   * @param inside what follows in the log and in the terminal
   */
  public ProblemException(Kind kind, String told, String inside, Throwable cause) {
    super("%s (%s)".formatted(told, inside), cause);
    this.kind = kind;
    this.told = told;
  }

  /** What anybody may read, over a network too; the message may say more. */
  public String told() {
    return told;
  }

  /** What sort of failure it is. */
  public Kind kind() {
    return kind;
  }
}
