package io.kvasir.http.page;

import io.kvasir.contrast.Contrasts;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Trace;
import io.kvasir.http.api.ContrastRoutes;
import io.kvasir.http.exchange.HttpLimits;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.guard.KeyGuard;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** {@code /api/contrasts/…/export.html}: a contrast as one file that needs no server. */
public final class ExportRoutes {
  private final Contrasts contrasts;
  private final @Nullable SharedPage page;
  private final int most;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public ExportRoutes(Contrasts contrasts, WebRoot files, HttpLimits limits) {
    this.contrasts = contrasts;
    this.page = SharedPage.in(files);
    this.most = limits.exportBytes();
  }

  /** Adds the route. */
  public void mount(Router router) {
    router.get("/api/contrasts/:id/export.html").handler(this::export);
  }

  private void export(RoutingContext context) {
    Query.of(context);
    SharedPage template = page;
    if (template == null) {
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE,
          "Kvasir was built without its page; build it with Node 20 or newer.");
    }
    Replies.when(
        context,
        contrasts.trace(KeyGuard.workspace(context), ContrastRoutes.id(context)),
        trace -> {
          if (trace.status() == Trace.Status.RUNNING) {
            throw new ProblemException(
                ProblemException.Kind.CONFLICT,
                "The contrast %s still runs; wait for its end, or cancel it."
                    .formatted(trace.id()));
          }
          Replies.when(
              context,
              context.vertx().executeBlocking(() -> template.of(trace, most), false),
              file -> send(context, trace.id(), file));
        });
  }

  /** Browsers are told to keep the file: under this server's address it has no business to run. */
  private static void send(RoutingContext context, String id, Buffer file) {
    if (!context.response().closed() && !context.response().ended()) {
      context
          .response()
          .putHeader("content-type", "text/html; charset=utf-8")
          .putHeader("content-disposition", "attachment; filename=\"kvasir-%s.html\"".formatted(id))
          .end(file);
    }
  }
}
