package io.kvasir.http.api;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.http.exchange.Failures;
import io.kvasir.http.exchange.HeaderParameters;
import io.kvasir.http.exchange.HttpLimits;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.http.exchange.Problem;
import io.kvasir.ingest.Ingestion;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One {@code multipart/form-data} request, which is written to disk as it arrives and split into
 * its files once it is there, away from the event loop. When anything is wrong with it, the rest is
 * not taken and what came is deleted.
 */
final class Upload {
  private static final System.Logger LOGGER = System.getLogger(Upload.class.getName());

  /** As RFC 2046 has it. */
  private static final Pattern BOUNDARY =
      Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

  /**
   * What came.
   *
   * @param fields what the form says beside its files, by name; those that were left empty are not
   *     there
   * @param sources the files, which their taker deletes
   */
  record Received(Map<String, String> fields, List<Ingestion.Source> sources) {
    /** Deletes the files. Blocks. */
    void delete() {
      sources.forEach(source -> Upload.delete(source.content()));
    }
  }

  private final RoutingContext context;
  private final HttpServerRequest request;
  private final HttpOptions options;
  private final HttpLimits.Limit limit;
  private final Path body;
  private final Promise<Received> outcome = Promise.promise();
  private @Nullable Future<Void> closed;
  private long bytes;

  /** An upload of documents or datasets. */
  Upload(RoutingContext context, HttpOptions options) {
    this(context, options, options.limits().uploads().limit());
  }

  /** An upload of which the largest is limited otherwise. */
  Upload(RoutingContext context, HttpOptions options, HttpLimits.Limit limit) {
    this.limit = limit;
    this.context = context;
    this.request = context.request();
    this.options = options;
    this.body = options.uploads().resolve(UUID.randomUUID() + ".body");
  }

  /** Receives it. On the request's event loop, before anything else reads the request. */
  Future<Received> receive() {
    HeaderParameters type = type();
    if (type == null || !type.value().equals("multipart/form-data")) {
      Failures.write(
          context,
          Problem.of(415, "Send the files as multipart/form-data, each in a field called 'file'."));
      return Promise.<Received>promise().future();
    }
    String boundary = type.parameters().getOrDefault("boundary", "");
    if (!BOUNDARY.matcher(boundary).matches()) {
      return Future.failedFuture(
          invalid("The content-type needs a boundary of 1 to 70 characters, as RFC 2046 has it."));
    }
    String length = request.getHeader("content-length");
    if (length != null && length.matches("\\d{1,18}") && Long.parseLong(length) > limit.bytes()) {
      return Future.failedFuture(tooLarge());
    }
    request.pause();
    request.exceptionHandler(failure -> fail(invalid("The upload broke off; send it again.")));
    context.addEndHandler(answered -> fail(invalid("The client left during the upload.")));
    limitTime();
    context
        .vertx()
        .fileSystem()
        .open(body.toString(), new OpenOptions().setRead(false).setCreateNew(true))
        .onFailure(failure -> fail(noRoom(failure)))
        .onSuccess(file -> write(file, boundary));
    return outcome.future();
  }

  private @Nullable HeaderParameters type() {
    String type = request.getHeader("content-type");
    return type == null ? null : HeaderParameters.of(type);
  }

  private void limitTime() {
    long seconds = options.limits().uploads().time().toSeconds();
    long timer =
        context
            .vertx()
            .setTimer(
                options.limits().uploads().time().toMillis(),
                due ->
                    Failures.write(
                        context,
                        Problem.of(
                            408,
                            ("The upload did not arrive within %d s, which the setting"
                                    + " http.upload-seconds allows; send fewer files at once.")
                                .formatted(seconds))));
    outcome.future().onComplete(done -> context.vertx().cancelTimer(timer));
  }

  private void write(AsyncFile file, String boundary) {
    outcome.future().onFailure(failed -> close(file).onComplete(closed -> discard()));
    file.drainHandler(drained -> request.resume());
    request.handler(piece -> write(file, piece));
    request.endHandler(ended -> close(file).onComplete(closed -> split(boundary)));
    request.resume();
  }

  private void write(AsyncFile file, Buffer piece) {
    if (outcome.future().isComplete()) {
      return;
    }
    bytes += piece.length();
    if (bytes > limit.bytes()) {
      fail(tooLarge());
      return;
    }
    file.write(piece).onFailure(failure -> fail(noRoom(failure)));
    if (file.writeQueueFull()) {
      request.pause();
    }
  }

  private Future<Void> close(AsyncFile file) {
    Future<Void> begun = closed == null ? file.close() : closed;
    closed = begun;
    return begun;
  }

  private void split(String boundary) {
    if (outcome.future().isComplete()) {
      return;
    }
    context
        .vertx()
        .executeBlocking(
            () -> {
              try {
                return MultipartFiles.split(
                    body, boundary, options.uploads(), options.limits().uploads().files());
              } finally {
                delete(body);
              }
            },
            false)
        .onSuccess(
            received -> {
              if (!outcome.tryComplete(received)) {
                discard(context, received);
              }
            })
        .onFailure(failure -> fail(failure instanceof IOException ? noRoom(failure) : failure));
  }

  private void fail(Throwable reason) {
    outcome.tryFail(reason);
  }

  private void discard() {
    context.vertx().executeBlocking(() -> delete(body), false);
  }

  /** Deletes files that nobody takes. */
  static Future<Void> discard(RoutingContext context, Received received) {
    return context
        .vertx()
        .executeBlocking(
            () -> {
              received.delete();
              return null;
            },
            false);
  }

  /** Deletes a file; what cannot be deleted is logged. Blocks. */
  static boolean delete(Path file) {
    try {
      return Files.deleteIfExists(file);
    } catch (IOException failure) {
      LOGGER.log(Level.WARNING, "cannot delete " + file, failure);
      return false;
    }
  }

  private static ProblemException noRoom(Throwable cause) {
    LOGGER.log(Level.WARNING, "an upload could not be kept", cause);
    return new ProblemException(
        Kind.UNAVAILABLE,
        "The upload could not be kept. Is there room in the data directory?",
        cause);
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        Kind.TOO_LARGE,
        "The upload is larger than %d bytes, which the setting %s allows."
            .formatted(limit.bytes(), limit.setting()));
  }

  private static ProblemException invalid(String message) {
    return new ProblemException(Kind.INVALID, message);
  }
}
