package io.kvasir.http.guard;

import io.kvasir.http.exchange.Characters;
import io.kvasir.http.exchange.PercentEncoding;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * Lets through only targets that can be read: percent signs that escape UTF-8, and characters that
 * a field could have, too. Behind it paths and queries are decoded in many places, none of which
 * expects to fail.
 */
public final class TargetGuard implements Handler<RoutingContext> {
  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    require(request.path(), "The request's path");
    require(request.query(), "The request's query");
    context.next();
  }

  private static void require(@Nullable String written, String what) {
    if (written != null) {
      Characters.require(PercentEncoding.decode(written, what), "", what);
    }
  }
}
