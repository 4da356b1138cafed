package io.kvasir.http.exchange;

import io.kvasir.core.ProblemException;
import io.kvasir.stream.EventLog;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/**
 * Writes an {@link EventLog} to one client as server-sent events. It takes the next event only when
 * the client has room for it, so a slow reader slows itself alone and costs an index. Everything
 * happens on the request's event loop.
 *
 * @param <E> the type of event
 */
public final class EventStream<E> {
  private static final System.Logger LOGGER = System.getLogger(EventStream.class.getName());

  /** Written at once at most; a client that joins late gets what it missed in such pieces. */
  private static final int PIECE_CHARACTERS = 16 << 10;

  /**
   * How events look to the client.
   *
   * @param <E> the type of event
   */
  public interface Frames<E> {
    /** What comes before the first event. */
    default String begin() {
      return "";
    }

    /** An event, as any number of frames. */
    String event(int index, E event);

    /** What comes after the last event. */
    default String end() {
      return "";
    }

    /** What tells the client that the stream breaks off before its end. */
    String broken(Problem problem);
  }

  private final RoutingContext request;
  private final HttpServerResponse response;
  private final Context context;
  private final EventLog<E> log;
  private final Frames<E> frames;
  private final Runnable left;
  private final LiveStreams streams;
  private final long pingTimer;
  private int next;
  private boolean waiting;
  private boolean over;
  private long fullSince = -1;

  private EventStream(
      RoutingContext request,
      EventLog<E> log,
      int from,
      Frames<E> frames,
      Runnable left,
      LiveStreams streams) {
    this.request = request;
    this.response = request.response();
    this.context = request.vertx().getOrCreateContext();
    this.log = log;
    this.next = from;
    this.frames = frames;
    this.left = left;
    this.streams = streams;
    this.pingTimer = request.vertx().setPeriodic(streams.limits().ping().toMillis(), t -> ping());
  }

  /**
   * Begins to answer a request with events.
   *
   * @param from the index of the first event to send
   * @param left called once when the client has gone or got everything
   */
  public static <E> void answer(
      RoutingContext request,
      EventLog<E> log,
      int from,
      Frames<E> frames,
      Runnable left,
      LiveStreams streams) {
    EventStream<E> stream = new EventStream<>(request, log, from, frames, left, streams);
    stream.open();
  }

  private void open() {
    if (response.closed()) {
      finish();
      return;
    }
    request.addEndHandler(ended -> finish());
    streams.add(this);
    response
        .setChunked(true)
        .putHeader("content-type", "text/event-stream; charset=utf-8")
        .putHeader("cache-control", "no-store")
        .putHeader("x-accel-buffering", "no")
        .drainHandler(drained -> pump());
    response.write(frames.begin());
    pump();
  }

  /** Goes on writing; a defect on the way ends this stream, not in silence. */
  private void pump() {
    try {
      write();
    } catch (RuntimeException defect) {
      LOGGER.log(Level.ERROR, "a stream broke off", defect);
      if (!over && !response.ended()) {
        response.end(frames.broken(Problem.of(defect)));
      }
    }
  }

  /** Writes as much as there is and as the client has room for, then waits for either. */
  private void write() {
    StringBuilder piece = new StringBuilder();
    while (!over && !response.writeQueueFull() && next < log.size()) {
      piece.append(frames.event(next, log.get(next)));
      next++;
      if (piece.length() >= PIECE_CHARACTERS) {
        send(piece);
      }
    }
    if (over) {
      return;
    }
    send(piece);
    if (response.writeQueueFull()) {
      return;
    }
    if (log.endsAt(next)) {
      response.end(frames.end());
    } else if (!waiting) {
      waiting = true;
      log.reached(next)
          .onComplete(
              reached ->
                  context.runOnContext(
                      here -> {
                        waiting = false;
                        pump();
                      }));
    }
  }

  private void send(StringBuilder piece) {
    if (!piece.isEmpty()) {
      response.write(piece.toString());
      piece.setLength(0);
    }
  }

  /** Keeps proxies from taking a quiet stream for a dead one, and drops a client that is one. */
  private void ping() {
    if (over) {
      return;
    }
    if (!response.writeQueueFull()) {
      fullSince = -1;
      response.write(": ping\n\n");
      return;
    }
    long now = System.nanoTime();
    if (fullSince < 0) {
      fullSince = now;
    } else if (TimeUnit.NANOSECONDS.toMillis(now - fullSince)
        >= streams.limits().stalled().toMillis()) {
      Replies.drop(request.request().connection());
    }
  }

  /** Ends the stream with the reason why; for the server when it stops. Any thread. */
  void breakOff(ProblemException reason) {
    context.runOnContext(
        here -> {
          if (!over && !response.ended() && !response.closed()) {
            response.end(frames.broken(Problem.of(reason)));
          }
        });
  }

  private void finish() {
    if (!over) {
      over = true;
      request.vertx().cancelTimer(pingTimer);
      streams.remove(this);
      left.run();
    }
  }
}
