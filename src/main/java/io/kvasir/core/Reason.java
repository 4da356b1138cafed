package io.kvasir.core;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.TimeoutException;

/**
 * Why something failed, in words that may be told to anybody. What a library, the system or another
 * server says of it has names, paths and addresses in it, and belongs into the log.
 */
public final class Reason {
  private Reason() {}

  /** The words for a failure; for what nobody foresaw, where to look. */
  public static String of(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String known = known(each);
      if (!known.isEmpty()) {
        return known;
      }
    }
    return "the server's log says why (./kvasir logs)";
  }

  private static String known(Throwable failure) {
    if (failure instanceof ProblemException problem) {
      return problem.told();
    }
    if (failure instanceof NoSuchFileException) {
      return "a file is not there any more";
    }
    if (failure instanceof AccessDeniedException) {
      return "a file may not be read or written by the user that runs Kvasir";
    }
    if (failure instanceof FileSystemException || isFullDisk(failure)) {
      return "the disk refused; is there room in the data directory?";
    }
    if (failure instanceof EOFException) {
      return "it ends too early";
    }
    if (failure instanceof UnknownHostException) {
      return "the other server's name is not known here";
    }
    if (failure instanceof HttpTimeoutException || failure instanceof TimeoutException) {
      return "the other server did not answer in time";
    }
    if (failure instanceof ConnectException) {
      return "the other server takes no connection";
    }
    return failure instanceof OutOfMemoryError ? "the memory did not suffice" : "";
  }

  private static boolean isFullDisk(Throwable failure) {
    return String.valueOf(failure.getMessage()).contains("No space left");
  }
}
