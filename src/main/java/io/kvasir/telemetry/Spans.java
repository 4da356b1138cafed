package io.kvasir.telemetry;

import io.kvasir.evidence.Evidence;
import io.kvasir.observe.AnswerListener;
import io.kvasir.observe.RequestListener;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Traces of whole contrasts, sent to an OpenTelemetry collector: the request, retrieval with its
 * encoding and its statement, each path with queue, prefill and decode. Ids and numbers, never
 * words. Safe to use from any thread; sending happens on a thread of its own.
 */
public final class Spans implements AnswerListener, RequestListener, AutoCloseable {
  private static final long SEND_MILLIS = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final TextMapGetter<String> TRACE_PARENT =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String header) {
          return List.of("traceparent");
        }

        @Override
        public @Nullable String get(@Nullable String header, String key) {
          return key.equals("traceparent") ? header : null;
        }
      };

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final KnownContrasts contrasts = new KnownContrasts();

  /**
   * Spans that go to a collector.
   *
   * @param endpoint its address without a path, for example {@code http://localhost:4318}
   */
  public Spans(String endpoint) {
    provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.of(
                                AttributeKey.stringKey("service.name"), GenAiNames.KVASIR))))
            .addSpanProcessor(
                BatchSpanProcessor.builder(
                        OtlpHttpSpanExporter.builder()
                            .setEndpoint(endpoint.replaceAll("/+$", "") + "/v1/traces")
                            .setTimeout(PATIENCE)
                            .build())
                    .setScheduleDelay(Duration.ofMillis(SEND_MILLIS))
                    .build())
            .build();
    tracer = provider.get("io.kvasir");
  }

  @Override
  public Handling began(String method, String path, @Nullable String traceParent) {
    Context parent =
        traceParent == null
            ? Context.root()
            : W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), traceParent, TRACE_PARENT);
    Span span =
        tracer
            .spanBuilder(method)
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute(GenAiNames.HTTP_METHOD, method)
            .startSpan();
    return new Handling() {
      @Override
      public <T> T within(Supplier<T> work) {
        return parent.with(span).wrapSupplier(work).get();
      }

      @Override
      public void ended(String route, int status) {
        span.updateName(method + " " + route);
        span.setAttribute(GenAiNames.HTTP_ROUTE, route);
        span.setAttribute(GenAiNames.HTTP_STATUS, status);
        if (status >= 500) {
          span.setStatus(StatusCode.ERROR);
        }
        span.end();
      }
    };
  }

  @Override
  public void loopBeat(long lateNanos, long workedNanos) {}

  @Override
  public Asked asked() {
    return new ContrastSpan(tracer, Context.current(), contrasts);
  }

  /** The same evidence, with spans. */
  public Evidence traced(Evidence evidence) {
    return new TracedEvidence(evidence, tracer, contrasts);
  }

  /** Sends what is left, for a moment at most. */
  @Override
  public void close() {
    provider.shutdown().join(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
