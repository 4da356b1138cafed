package io.kvasir.telemetry;

import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.GenerationEvent.FinishReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Counts and times one path's answer while it comes; on the inference thread. */
final class AnswerMeter implements Consumer<GenerationEvent> {
  /** What stands in place of a path where the weights alone answer a chat of {@code /v1}. */
  static final String CHAT = "chat";

  private static final String FAILED = "error";

  private final long startedNanos;
  private final Timer firstToken;
  private final Timer betweenTokens;
  private final Timer whole;
  private final Timer queue;
  private final Timer prefill;
  private final Counter read;
  private final Counter cached;
  private final Counter generated;
  private final Map<String, Counter> finished = new HashMap<>();
  private int readTo = -1;
  private long lastTokenNanos;

  /** A meter of one answer; its meters exist from now on, be it with nothing in them. */
  AnswerMeter(PrometheusMeterRegistry registry, String path, long startedNanos) {
    this.startedNanos = startedNanos;
    Tags tags = Tags.of(MetricNames.PATH, path);
    firstToken = Metrics.timer(registry, MetricNames.TIME_TO_FIRST_TOKEN, tags);
    betweenTokens = Metrics.timer(registry, MetricNames.INTER_TOKEN_LATENCY, tags);
    whole = Metrics.timer(registry, MetricNames.REQUEST_LATENCY, tags);
    queue = Metrics.timer(registry, MetricNames.QUEUE_TIME, tags);
    prefill = Metrics.timer(registry, MetricNames.PREFILL_TIME, tags);
    read = registry.counter(MetricNames.PROMPT_TOKENS, tags);
    cached = registry.counter(MetricNames.PREFIX_CACHE_HITS, tags);
    generated = registry.counter(MetricNames.GENERATION_TOKENS, tags);
    Stream.concat(
            Arrays.stream(FinishReason.values()).map(FinishReason::toString), Stream.of(FAILED))
        .forEach(
            reason ->
                finished.put(
                    reason,
                    registry.counter(
                        MetricNames.REQUESTS_FINISHED,
                        tags.and(MetricNames.FINISHED_REASON, reason))));
  }

  @Override
  public void accept(GenerationEvent event) {
    if (event instanceof GenerationEvent.Prefill step) {
      if (readTo < 0) {
        cached.increment(step.cached());
        readTo = step.cached();
      }
      read.increment(Math.max(0, step.done() - readTo));
      readTo = step.done();
    } else if (event instanceof GenerationEvent.Token) {
      long now = System.nanoTime();
      if (lastTokenNanos == 0) {
        firstToken.record(now - startedNanos, TimeUnit.NANOSECONDS);
      } else {
        betweenTokens.record(now - lastTokenNanos, TimeUnit.NANOSECONDS);
      }
      lastTokenNanos = now;
      generated.increment();
    } else if (event instanceof GenerationEvent.Finished end) {
      queue.record(Metrics.nanos(end.queueMs()), TimeUnit.NANOSECONDS);
      prefill.record(Metrics.nanos(end.prefillMs()), TimeUnit.NANOSECONDS);
      end(end.reason().toString());
    } else if (event instanceof GenerationEvent.Failed) {
      end(FAILED);
    }
  }

  private void end(String reason) {
    whole.record(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
    Counter counter = finished.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }
}
