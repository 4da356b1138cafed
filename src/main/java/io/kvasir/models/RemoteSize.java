package io.kvasir.models;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a server how large a file is. */
final class RemoteSize {
  private static final Pattern TOTAL = Pattern.compile("bytes \\d+-\\d+/(\\d{1,18})");

  private RemoteSize() {}

  /**
   * The bytes of a file, by asking for its first one.
   *
   * @throws ProblemException NOT_FOUND or UNAVAILABLE, as a download of it would; INVALID if the
   *     server does not say
   */
  static long of(URI address, Duration patience) {
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Range", "bytes=0-0").timeout(patience).build();
    try {
      HttpResponse<InputStream> response =
          Download.client().send(request, HttpResponse.BodyHandlers.ofInputStream());
      // A server that knows no ranges would send all of it.
      response.body().close();
      Download.refuse(response.statusCode(), address);
      if (response.statusCode() != 200 && response.statusCode() != 206) {
        throw new ProblemException(
            Kind.UNAVAILABLE,
            "%s answers %d; try again.".formatted(address, response.statusCode()));
      }
      return size(response)
          .orElseThrow(
              () ->
                  new ProblemException(
                      Kind.INVALID, address + " does not say how large the file is."));
    } catch (IOException e) {
      throw new ProblemException(
          Kind.UNAVAILABLE,
          "%s cannot be reached: %s.".formatted(address, Reason.of(e)),
          String.valueOf(e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Kind.UNAVAILABLE, "Fetching was stopped.", e);
    }
  }

  private static OptionalLong size(HttpResponse<?> response) {
    if (response.statusCode() != 206) {
      return response.headers().firstValueAsLong("Content-Length");
    }
    Matcher total = TOTAL.matcher(response.headers().firstValue("Content-Range").orElse(""));
    return total.matches() ? OptionalLong.of(Long.parseLong(total.group(1))) : OptionalLong.empty();
  }
}
