package io.kvasir.http.guard;

import io.kvasir.http.exchange.Failures;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.http.exchange.Problem;
import io.kvasir.http.exchange.Replies;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the server's connections: those above the limit are told so and closed, and those that ask
 * for nothing are closed after a while. On the server's event loop.
 */
public final class Connections implements Handler<HttpConnection> {
  /** How many connections above the limit are answered at all. */
  private static final int REFUSED_AT_ONCE = 64;

  /** How long one above the limit has to ask. */
  private static final long REFUSED_MILLIS = 2_000;

  private final Vertx vertx;
  private final HttpOptions.Limits limits;
  private final HttpServerOptions transport;
  private final Map<HttpConnection, State> states = new HashMap<>();
  private int refused;
  private @Nullable Promise<Void> quiet;

  /** What counts and bounds the connections of one server. */
  public Connections(Vertx vertx, HttpOptions.Limits limits, HttpServerOptions transport) {
    this.vertx = vertx;
    this.limits = limits;
    this.transport = transport;
  }

  /** Takes a new connection. */
  @Override
  public void handle(HttpConnection connection) {
    boolean tooMany = states.size() - refused >= limits.connections();
    if (tooMany && refused >= REFUSED_AT_ONCE) {
      connection.close();
      return;
    }
    State state = new State(connection, tooMany);
    states.put(connection, state);
    refused += tooMany ? 1 : 0;
    connection.closeHandler(closed -> forget(state));
    Context own = vertx.getOrCreateContext();
    StrictRequestDecoder.install(
        connection, transport, () -> own.runOnContext(here -> state.refuseBody()));
    state.rest();
  }

  /** The first handler of every request. */
  public void begin(RoutingContext context) {
    State state = states.get(context.request().connection());
    if (state == null) {
      context.request().connection().close();
      return;
    }
    if (state.refused) {
      context.response().putHeader("connection", "close");
      Failures.write(
          context,
          Problem.of(
              503,
              "The server has %d connections, the most it takes (setting http.max-connections)."
                  .formatted(limits.connections())));
      return;
    }
    state.work(context);
    context.addEndHandler(ended -> state.rest());
    context.next();
  }

  /** Completes when no request is under way. */
  public Future<Void> quiet() {
    Promise<Void> asked = quiet == null ? Promise.promise() : quiet;
    quiet = asked;
    tellQuiet();
    return asked.future();
  }

  private void tellQuiet() {
    Promise<Void> asked = quiet;
    if (asked != null && states.values().stream().allMatch(state -> state.requests == 0)) {
      asked.tryComplete();
    }
  }

  /** Closes every connection now, whatever is still to be written. */
  public void dropAll() {
    List.copyOf(states.keySet()).forEach(Replies::drop);
  }

  private void forget(State state) {
    if (states.remove(state.connection) != null) {
      refused -= state.refused ? 1 : 0;
      vertx.cancelTimer(state.timer);
      tellQuiet();
    }
  }

  /** A connection and the timer that closes it unless a request comes. */
  private final class State {
    private final HttpConnection connection;
    private final boolean refused;
    private int requests;
    private @Nullable RoutingContext current;
    private long timer = -1;

    private State(HttpConnection connection, boolean refused) {
      this.connection = connection;
      this.refused = refused;
    }

    private void work(RoutingContext context) {
      requests++;
      current = context;
      vertx.cancelTimer(timer);
    }

    /** Of the body that cannot be read nothing more will come, so neither will the next request. */
    private void refuseBody() {
      RoutingContext refusing = current;
      if (refusing == null || refusing.response().ended()) {
        Replies.drop(connection);
        return;
      }
      refusing.addEndHandler(ended -> Replies.drop(connection));
      Failures.write(
          refusing,
          Problem.of(400, "The body's chunks are not as HTTP/1.1 has them; send it anew."));
    }

    private void rest() {
      requests = Math.max(0, requests - 1);
      tellQuiet();
      if (requests == 0 && states.containsKey(connection)) {
        vertx.cancelTimer(timer);
        timer =
            vertx.setTimer(
                refused ? REFUSED_MILLIS : limits.keepAlive().toMillis(),
                due -> Replies.drop(connection));
      }
    }
  }
}
