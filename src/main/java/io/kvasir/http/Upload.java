package io.kvasir.http;

import io.kvasir.core.ProblemException;
import io.kvasir.ingest.Ingestion;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One {@code multipart/form-data} request whose files are streamed to disk as they arrive. When
 * anything is wrong with it, the rest is not taken and what came is deleted.
 */
final class Upload {
  private static final System.Logger LOGGER = System.getLogger(Upload.class.getName());
  private static final int NAME_CHARACTERS = 255;

  /**
   * What came.
   *
   * @param language of a new collection; null to detect it
   * @param sources the files, which their taker deletes
   */
  record Received(@Nullable String language, List<Ingestion.Source> sources) {}

  private final RoutingContext context;
  private final HttpServerRequest request;
  private final HttpOptions options;
  private final Promise<Received> outcome = Promise.promise();
  private final List<Future<Void>> writes = new ArrayList<>();
  private final List<Ingestion.Source> sources = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private @Nullable HttpServerFileUpload arriving;
  private long bytes;

  Upload(RoutingContext context, HttpOptions options) {
    this.context = context;
    this.request = context.request();
    this.options = options;
  }

  /** Receives it. On the request's event loop, before anything else reads the request. */
  Future<Received> receive() {
    String type = request.getHeader("content-type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      Failures.write(
          context,
          Problem.of(415, "Send the files as multipart/form-data, each in a field called 'file'."));
      return Promise.<Received>promise().future();
    }
    String length = request.getHeader("content-length");
    if (length != null
        && length.matches("\\d{1,18}")
        && Long.parseLong(length) > options.limits().uploadBytes()) {
      return Future.failedFuture(tooLarge());
    }
    request.setExpectMultipart(true);
    request.uploadHandler(this::take);
    request.handler(
        piece -> {
          bytes += piece.length();
          if (bytes > options.limits().uploadBytes()) {
            fail(tooLarge());
          }
        });
    request.exceptionHandler(
        failure ->
            fail(
                invalid(
                    "The upload broke off or is no multipart/form-data: " + failure.getMessage())));
    request.endHandler(ended -> finish());
    context.addEndHandler(
        answered -> {
          if (answered.failed()) {
            fail(invalid("The client left during the upload."));
          }
        });
    return outcome.future();
  }

  private void take(HttpServerFileUpload file) {
    if (outcome.future().isComplete()) {
      file.handler(unwanted -> {});
      return;
    }
    String name = file.filename();
    if (!"file".equals(file.name())) {
      fail(invalid("There is a file in the field '%s'; use 'file'.".formatted(file.name())));
    } else if (name == null || name.isBlank() || name.length() > NAME_CHARACTERS || isOdd(name)) {
      fail(
          invalid(
              "A file needs a name of up to %d printable characters.".formatted(NAME_CHARACTERS)));
    } else if (!names.add(name)) {
      fail(invalid("Two files are called '%s'.".formatted(name)));
    } else if (sources.size() == options.limits().uploadFiles()) {
      fail(
          new ProblemException(
              ProblemException.Kind.TOO_LARGE,
              "One upload can have %d files; send the others in another."
                  .formatted(options.limits().uploadFiles())));
    } else {
      Path content = options.uploads().resolve(UUID.randomUUID() + ".upload");
      sources.add(new Ingestion.Source(name, content, true));
      arriving = file;
      writes.add(file.streamToFileSystem(content.toString()));
    }
  }

  private static boolean isOdd(String name) {
    return name.chars().anyMatch(unit -> Character.isISOControl(unit) || unit == 0xFFFD);
  }

  private void finish() {
    String language = request.getFormAttribute("language");
    Future.join(writes)
        .onComplete(
            written -> {
              if (written.failed()) {
                fail(
                    new ProblemException(
                        ProblemException.Kind.UNAVAILABLE,
                        "The upload could not be kept: %s. Is there room in the data directory?"
                            .formatted(written.cause().getMessage()),
                        written.cause()));
              } else if (sources.isEmpty()) {
                fail(invalid("There is no file in the upload; use the field 'file'."));
              } else {
                accept(language);
              }
            });
  }

  private void accept(@Nullable String language) {
    try {
      String code =
          language == null || language.isBlank()
              ? null
              : CollectionRoutes.requireLanguage(language);
      outcome.tryComplete(new Received(code, List.copyOf(sources)));
    } catch (InvalidFieldException wrong) {
      fail(wrong);
    }
  }

  private void fail(RuntimeException reason) {
    if (outcome.tryFail(reason)) {
      if (arriving != null) {
        arriving.cancelStreamToFileSystem();
      }
      Future.join(writes)
          .eventually(
              () ->
                  delete(
                      context.vertx(),
                      sources.stream().map(source -> source.content().toString()).toList()));
    }
  }

  /** Deletes files; what cannot be deleted is logged. */
  static Future<Void> delete(Vertx vertx, List<String> files) {
    return Future.join(
            files.stream()
                .map(
                    file ->
                        vertx
                            .fileSystem()
                            .exists(file)
                            .compose(
                                there ->
                                    there
                                        ? vertx.fileSystem().delete(file)
                                        : Future.<Void>succeededFuture())
                            .onFailure(
                                failure ->
                                    LOGGER.log(Level.WARNING, "cannot delete " + file, failure)))
                .toList())
        .mapEmpty();
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        ProblemException.Kind.TOO_LARGE,
        "The upload is larger than %d bytes, which the setting http.max-upload-bytes allows."
            .formatted(options.limits().uploadBytes()));
  }

  private static ProblemException invalid(String message) {
    return new ProblemException(ProblemException.Kind.INVALID, message);
  }
}
