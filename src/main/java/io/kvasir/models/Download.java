package io.kvasir.models;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a file of known size over HTTP into a partial file, from where the partial file ends. A
 * connection that breaks is made again as long as each brings something. Blocks; for one thread.
 */
final class Download {
  /** Connections in a row that may bring nothing. */
  private static final int FRUITLESS = 3;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration REPORT_INTERVAL = Duration.ofMillis(200);

  private final HttpClient client = client();
  private final URI from;
  private final long bytes;
  private final Duration stall;

  /**
   * A download.
   *
   * @param from http or https
   * @param bytes size of the whole file
   * @param stall how long a connection may bring nothing before it counts as broken
   */
  Download(URI from, long bytes, Duration stall) {
    this.from = from;
    this.bytes = bytes;
    this.stall = stall;
  }

  /** A client that follows redirects, but not from https to http. */
  static HttpClient client() {
    return HttpClient.newBuilder()
        .connectTimeout(CONNECT_TIMEOUT)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .proxy(ProxySelector.getDefault())
        .build();
  }

  /** Fails if an answer means that the file cannot be had, however often one asks. */
  static void refuse(int status, URI from) {
    switch (status) {
      case 401, 403 ->
          throw new ProblemException(Kind.UNAVAILABLE, from + " refuses to give the file.");
      case 404, 410 ->
          throw new ProblemException(Kind.NOT_FOUND, "There is no file at " + from + ".");
      default -> {}
    }
  }

  /**
   * Completes a partial file.
   *
   * @param progress told 0 to 1, on the calling thread; may throw to stop
   * @throws ProblemException NOT_FOUND, UNAVAILABLE or INVALID; what has arrived is kept
   */
  void complete(Path partial, DoubleConsumer progress) throws IOException {
    try (FileChannel file =
        FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (file.size() > bytes) {
        file.truncate(0);
      }
      int fruitless = 0;
      while (file.size() < bytes) {
        long before = file.size();
        try {
          connection(file, progress);
        } catch (IOException | UncheckedIOException e) {
          fruitless = file.size() > before ? 0 : fruitless + 1;
          if (fruitless == FRUITLESS) {
            throw brokenOff(file.size(), e);
          }
          continue;
        }
        if (file.size() <= before) {
          throw brokenOff(file.size(), new IOException("the server sent nothing"));
        }
      }
      file.force(true);
    }
  }

  private void connection(FileChannel file, DoubleConsumer progress) throws IOException {
    long begin = file.size();
    file.position(begin);
    HttpRequest.Builder request = HttpRequest.newBuilder(from).GET();
    if (begin > 0) {
      request.header("Range", "bytes=" + begin + "-");
    }
    AtomicLong arrived = new AtomicLong(begin);
    CompletableFuture<HttpResponse<Void>> running =
        client.sendAsync(request.build(), info -> receive(info, file, arrived));
    try {
      check(await(running, arrived, progress), file);
    } finally {
      running.cancel(true);
    }
  }

  private BodySubscriber<Void> receive(
      HttpResponse.ResponseInfo info, FileChannel file, AtomicLong arrived) {
    boolean whole = info.statusCode() == 200;
    boolean rest =
        info.statusCode() == 206
            && info.headers()
                .firstValue("Content-Range")
                .filter(range -> range.startsWith("bytes " + arrived.get() + "-"))
                .isPresent();
    if (!whole && !rest) {
      return BodySubscribers.replacing(null);
    }
    if (whole) {
      restart(file, arrived);
    }
    return BodySubscribers.ofByteArrayConsumer(
        piece -> piece.ifPresent(content -> append(file, content, arrived)));
  }

  /** The server does not resume: from the beginning again. */
  private static void restart(FileChannel file, AtomicLong arrived) {
    try {
      file.truncate(0);
      arrived.set(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append(FileChannel file, byte[] content, AtomicLong arrived) {
    if (arrived.get() + content.length > bytes) {
      throw new ProblemException(
          Kind.INVALID,
          "%s sends more than the %,d bytes the file should have; it is another file."
              .formatted(from, bytes));
    }
    try {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        file.write(left);
      }
      arrived.addAndGet(content.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<Void> await(
      CompletableFuture<HttpResponse<Void>> running, AtomicLong arrived, DoubleConsumer progress)
      throws IOException {
    long seen = arrived.get();
    long since = System.nanoTime();
    while (true) {
      try {
        HttpResponse<Void> response =
            running.get(REPORT_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        progress.accept((double) arrived.get() / bytes);
        return response;
      } catch (TimeoutException waiting) {
        progress.accept((double) arrived.get() / bytes);
        if (arrived.get() > seen) {
          seen = arrived.get();
          since = System.nanoTime();
        } else if (System.nanoTime() - since > stall.toNanos()) {
          throw new BrokenOffException(
              "nothing came for %d s".formatted(stall.toSeconds()), waiting);
        }
      } catch (ExecutionException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
          if (cause instanceof ProblemException problem) {
            throw problem;
          }
        }
        throw new IOException(String.valueOf(e.getCause()), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ProblemException(Kind.UNAVAILABLE, "Fetching was stopped.", e);
      }
    }
  }

  private void check(HttpResponse<Void> response, FileChannel file) throws IOException {
    switch (response.statusCode()) {
      case 200, 206 -> {}
      // What we have is beyond what the server has: it cannot be a beginning of that file.
      case 416 -> {
        file.truncate(0);
        throw new BrokenOffException("the server does not have the part that is missing", null);
      }
      default -> {
        refuse(response.statusCode(), from);
        throw new BrokenOffException("the server answers " + response.statusCode(), null);
      }
    }
  }

  private ProblemException brokenOff(long arrived, Exception cause) {
    return new ProblemException(
        Kind.UNAVAILABLE,
        "Fetching %s broke off after %,d of %,d bytes: %s. What has arrived is kept; try again to go on."
            .formatted(from, arrived, bytes, words(cause)),
        String.valueOf(cause.getMessage()),
        cause);
  }

  private static String words(Exception cause) {
    return cause instanceof BrokenOffException told
        ? String.valueOf(told.getMessage())
        : Reason.of(cause);
  }

  /** Why nothing more comes, in words of our own. */
  private static final class BrokenOffException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    private BrokenOffException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
