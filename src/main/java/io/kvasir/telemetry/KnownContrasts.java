package io.kvasir.telemetry;

import io.opentelemetry.api.trace.SpanContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The spans of the contrasts that were asked last, so that evidence, which is asked for later and
 * by another request, can be linked to them. Safe to use from any thread.
 */
final class KnownContrasts {
  /** How many are remembered. */
  private static final int MOST = 1_000;

  private final Map<String, SpanContext> spans =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SpanContext> eldest) {
          return size() > MOST;
        }
      };

  synchronized void add(String contrast, SpanContext span) {
    spans.put(contrast, span);
  }

  /** The span of a contrast; empty if it was asked long ago, or at another server. */
  synchronized Optional<SpanContext> of(String contrast) {
    return Optional.ofNullable(spans.get(contrast));
  }
}
