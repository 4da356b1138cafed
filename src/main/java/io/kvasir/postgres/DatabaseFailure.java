package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a failure of the client means to a person. */
final class DatabaseFailure {
  private static final String STATEMENT_CANCELLED = "57014";
  private static final Set<String> REFUSED = Set.of("28P01", "28000");
  private static final String NO_SUCH_DATABASE = "3D000";
  private static final String UNIQUE = "23505";
  private static final String READ_ONLY = "25006";
  private static final String LOCKED = "55P03";

  private DatabaseFailure() {}

  static ProblemException of(Throwable cause, String address) {
    if (cause instanceof ProblemException problem) {
      return problem;
    }
    if (cause instanceof PgException failure) {
      return ofServer(failure, address);
    }
    if (cause instanceof ClosedConnectionException
        || cause instanceof IOException
        || cause instanceof TimeoutException) {
      return unreachable(cause, address);
    }
    // The client reports a full or closed pool, and a connection lost in mid-request, with its own
    // exceptions of this type and a sentence.
    if (cause instanceof VertxException) {
      String message = String.valueOf(cause.getMessage());
      return message.contains("max wait queue size")
          ? new ProblemException(
              Kind.BUSY, "too many requests wait for PostgreSQL; try again in a moment", cause)
          : unreachable(cause, address);
    }
    return defect(String.valueOf(cause.getMessage()), cause);
  }

  static boolean isDuplicate(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof PgException failure && UNIQUE.equals(failure.getSqlState())) {
        return true;
      }
    }
    return false;
  }

  private static ProblemException ofServer(PgException failure, String address) {
    @Nullable String state = failure.getSqlState();
    if (state == null) {
      return unreachable(failure, address);
    }
    if (REFUSED.contains(state)) {
      return new ProblemException(
          Kind.UNAVAILABLE,
          "the database refused the user or password; check database.url",
          "PostgreSQL at " + address,
          failure);
    }
    if (state.equals(NO_SUCH_DATABASE)) {
      return new ProblemException(
          Kind.UNAVAILABLE,
          "there is no database of that name; create it or correct database.url",
          "PostgreSQL at " + address,
          failure);
    }
    if (state.equals(STATEMENT_CANCELLED)) {
      return new ProblemException(
          Kind.UNAVAILABLE,
          "PostgreSQL did not finish within %d s; try again, or with a smaller scope"
              .formatted(Database.STATEMENT_TIMEOUT_SECONDS),
          failure);
    }
    // 40: a conflict with another transaction, which the loser has to begin anew.
    if (state.startsWith("40") || state.equals(LOCKED)) {
      return new ProblemException(
          Kind.BUSY, "other requests to PostgreSQL were in the way; try again", failure);
    }
    if (state.equals(READ_ONLY)) {
      return new ProblemException(
          Kind.UNAVAILABLE,
          "PostgreSQL at %s is a replica that cannot be written; try again when another is promoted"
              .formatted(address),
          failure);
    }
    // 08: connection; 53: out of connections, memory or disk; 57P: shutting down or starting up;
    // 58: its disk failed.
    if (state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57P")
        || state.startsWith("58")) {
      return unreachable(failure, address);
    }
    return defect("%s (%s)".formatted(failure.getErrorMessage(), state), failure);
  }

  private static ProblemException unreachable(Throwable cause, String address) {
    return new ProblemException(
        Kind.UNAVAILABLE,
        "the database does not answer; check that it runs, then try again",
        "PostgreSQL at %s does not answer: %s".formatted(address, cause.getMessage()),
        cause);
  }

  private static ProblemException defect(String words, Throwable cause) {
    return new ProblemException(
        Kind.INTERNAL,
        "Kvasir asked the database for what it refuses, a defect; the server's log says what",
        words,
        cause);
  }
}
