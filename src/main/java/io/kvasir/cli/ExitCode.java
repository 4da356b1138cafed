package io.kvasir.cli;

import io.kvasir.core.ProblemException;

/** What a command's exit status says. */
public enum ExitCode {
  /** Everything asked for was done. */
  OK(0, "everything was done"),
  /** What was started goes on; the process ends when it is told to. */
  RUNNING(0, "what was started goes on"),
  /** It ran, and something of it failed: a path, a file, a check. */
  FAILED(1, "something of it failed: a path, a file, a check"),
  /** The command line, a setting or the request is wrong. */
  USAGE(2, "the command line, a setting or the request is wrong"),
  /** The server, or something it needs, is not running. */
  NOT_RUNNING(3, "the server, or something it needs, is not running"),
  /** What was named does not exist. */
  NOT_FOUND(4, "what was named does not exist"),
  /** Too much is going on; try again. */
  BUSY(5, "too much is going on; try again"),
  /** The present state does not allow it. */
  CONFLICT(6, "the present state does not allow it"),
  /** It is larger than a limit. */
  TOO_LARGE(7, "it is larger than a limit"),
  /** A defect of Kvasir. */
  DEFECT(70, "a defect of Kvasir");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** The exit status. */
  public int number() {
    return number;
  }

  /** What it means, for {@code --help}. */
  public String meaning() {
    return meaning;
  }

  /** The exit status of a failure. */
  static ExitCode of(ProblemException.Kind kind) {
    return switch (kind) {
      case INVALID -> USAGE;
      case NOT_FOUND -> NOT_FOUND;
      case CONFLICT -> CONFLICT;
      case TOO_LARGE, TOO_LONG -> TOO_LARGE;
      case BUSY -> BUSY;
      case UNAVAILABLE -> NOT_RUNNING;
      case INTERNAL -> DEFECT;
    };
  }
}
