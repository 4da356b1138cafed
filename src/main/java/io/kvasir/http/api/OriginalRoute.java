package io.kvasir.http.api;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.guard.KeyGuard;
import io.kvasir.retrieve.Library;
import io.kvasir.retrieve.Library.KeptOriginal;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * {@code /api/documents/{id}/original}: the file that a document was read from, piece by piece at
 * its reader's pace.
 */
public final class OriginalRoute {
  private final Library library;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public OriginalRoute(HttpPorts ports) {
    this.library = ports.library();
  }

  /** Adds the route. */
  public void mount(Router router) {
    router.get("/api/documents/:id/original").handler(this::send);
  }

  private void send(RoutingContext context) {
    Query.of(context);
    Replies.when(
        context,
        library.original(KeyGuard.workspace(context), DocumentRoutes.id(context)),
        original ->
            Replies.when(
                context,
                library.originalPiece(KeyGuard.workspace(context), original.sha256(), 0),
                first -> begin(context, original, first)));
  }

  private void begin(RoutingContext context, KeptOriginal original, byte[] first) {
    if (first.length == 0) {
      throw new ProblemException(Kind.NOT_FOUND, "The document was deleted meanwhile.");
    }
    context
        .response()
        .putHeader("content-type", original.mediaType())
        .putHeader("content-length", Long.toString(original.bytes()))
        .putHeader("content-disposition", disposition(original.name()));
    write(context, original, 0, first);
  }

  /** The next piece is asked for once this one is on its way. */
  private void write(RoutingContext context, KeptOriginal original, int piece, byte[] content) {
    context
        .response()
        .write(Buffer.buffer(content))
        .onSuccess(
            written -> {
              if (context.response().bytesWritten() >= original.bytes()) {
                context.response().end();
              } else {
                next(context, original, piece + 1);
              }
            });
  }

  /** What cannot be sent any more is broken off, so that nobody takes the part for the whole. */
  private void next(RoutingContext context, KeptOriginal original, int piece) {
    Context own = context.vertx().getOrCreateContext();
    library
        .originalPiece(KeyGuard.workspace(context), original.sha256(), piece)
        .otherwise(new byte[0])
        .onSuccess(
            content ->
                own.runOnContext(
                    here -> {
                      if (content.length > 0) {
                        write(context, original, piece, content);
                      } else {
                        context.response().reset();
                      }
                    }));
  }

  /** The last part of a name, as RFC 6266 has it: in ASCII for those who know no better. */
  public static String disposition(String name) {
    String file =
        name.substring(name.lastIndexOf('/') + 1)
            .replaceAll("[\\p{Cntrl}\\p{Cf}\\\\/:*?\"<>|]", "_")
            .replaceFirst("^\\.+", "_");
    String plain = file.replaceAll("[^ -~]", "_").replace('%', '_');
    String encoded = URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20");
    return "attachment; filename=\"%s\"; filename*=UTF-8''%s".formatted(plain, encoded);
  }
}
