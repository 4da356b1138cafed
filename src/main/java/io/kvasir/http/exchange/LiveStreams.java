package io.kvasir.http.exchange;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The streams that are being written, so that a stopping server can tell their clients instead of
 * dropping them. On the server's event loop.
 */
public final class LiveStreams {
  private final HttpOptions.Limits limits;
  private final Set<EventStream<?>> streams = new HashSet<>();
  private boolean stopping;

  /** The streams of one server, bounded by its limits. */
  public LiveStreams(HttpOptions.Limits limits) {
    this.limits = limits;
  }

  HttpOptions.Limits limits() {
    return limits;
  }

  void add(EventStream<?> stream) {
    streams.add(stream);
    if (stopping) {
      stream.breakOff(Draining.refusal());
    }
  }

  void remove(EventStream<?> stream) {
    streams.remove(stream);
  }

  /** How many there are. */
  int count() {
    return streams.size();
  }

  /** Breaks every stream off, and those that still come. */
  public void stop() {
    stopping = true;
    List.copyOf(streams).forEach(stream -> stream.breakOff(Draining.refusal()));
  }
}
