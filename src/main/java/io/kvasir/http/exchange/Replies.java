package io.kvasir.http.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kvasir.json.Json;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;

/** Answers requests with JSON once a future completes, on the request's own event loop. */
public final class Replies {
  private Replies() {}

  /** Answers with a small value. */
  public static void json(RoutingContext context, int status, Object value) {
    try {
      write(context, status, Buffer.buffer(Json.MAPPER.writeValueAsBytes(value)));
    } catch (JsonProcessingException defect) {
      context.fail(defect);
    }
  }

  /** Answers with what a future brings. */
  public static <T> void json(RoutingContext context, int status, Future<T> future) {
    when(context, future, value -> json(context, status, value));
  }

  /** Answers with what may be large, written away from the event loop. */
  public static <T> void large(RoutingContext context, Future<T> future) {
    when(
        context,
        future,
        value ->
            when(
                context,
                context
                    .vertx()
                    .executeBlocking(
                        () -> Buffer.buffer(Json.MAPPER.writeValueAsBytes(value)), false),
                body -> write(context, 200, body)));
  }

  /** Answers with nothing but success once a future completes. */
  public static void done(RoutingContext context, Future<?> future) {
    when(context, future, value -> context.response().setStatusCode(204).end());
  }

  /**
   * Goes on with what a future brings, on the request's event loop whatever thread completed it;
   * its failure is the request's.
   */
  public static <T> void when(RoutingContext context, Future<T> future, Consumer<T> next) {
    Context own = context.vertx().getOrCreateContext();
    future.onComplete(
        result ->
            own.runOnContext(
                here -> {
                  if (result.failed()) {
                    context.fail(result.cause());
                    return;
                  }
                  try {
                    next.accept(result.result());
                  } catch (RuntimeException failure) {
                    context.fail(failure);
                  }
                }));
  }

  private static void write(RoutingContext context, int status, Buffer body) {
    if (!context.response().closed() && !context.response().ended()) {
      context
          .response()
          .setStatusCode(status)
          .putHeader("content-type", "application/json")
          .end(body);
    }
  }

  /**
   * Closes a connection now. {@link HttpConnection#close()} waits until everything is written,
   * which never happens when the client does not read. On the event loop.
   */
  public static void drop(HttpConnection connection) {
    if (connection instanceof ConnectionBase transport) {
      var unused = transport.channelHandlerContext().close();
    } else {
      connection.close();
    }
  }
}
