package io.kvasir.telemetry;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Trace;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.observe.AnswerListener;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * The span of one question and those within it. What took how long is known when it is over, so the
 * inner spans are made then, with the times that were measured.
 */
final class ContrastSpan implements AnswerListener.Asked {
  private final Tracer tracer;
  private final Span span;
  private final Context inside;
  private final KnownContrasts contrasts;

  ContrastSpan(Tracer tracer, Context parent, KnownContrasts contrasts) {
    this.tracer = tracer;
    this.contrasts = contrasts;
    this.span = tracer.spanBuilder(GenAiNames.CONTRAST_SPAN).setParent(parent).startSpan();
    this.inside = parent.with(span);
  }

  @Override
  public void retrieved(double encodeMs, double searchMs) {
    Instant end = Instant.now();
    Instant found = end.minusNanos(Metrics.nanos(searchMs));
    Instant start = found.minusNanos(Metrics.nanos(encodeMs));
    Span retrieval = begin(GenAiNames.RETRIEVAL_SPAN, inside, start);
    Context within = inside.with(retrieval);
    Span encode = begin(GenAiNames.ENCODE_SPAN, within, start);
    encode.setAttribute(GenAiNames.OPERATION, GenAiNames.ENCODE_SPAN);
    encode.end(found);
    Span search =
        tracer
            .spanBuilder(GenAiNames.SEARCH_SPAN)
            .setParent(within)
            .setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(found)
            .setAttribute(GenAiNames.DATABASE, "postgresql")
            .setAttribute(GenAiNames.DATABASE_OPERATION, "SELECT")
            .startSpan();
    search.end(end);
    retrieval.end(end);
  }

  private Span begin(String name, Context parent, Instant start) {
    return tracer.spanBuilder(name).setParent(parent).setStartTimestamp(start).startSpan();
  }

  @Override
  public void named(String contrast, String question) {
    span.setAttribute(GenAiNames.CONTRAST, contrast);
    contrasts.add(contrast, span.getSpanContext());
  }

  @Override
  public Consumer<GenerationEvent> answering(AnswerPath path, String model, int promptTokens) {
    return span(path.name(), model, promptTokens);
  }

  @Override
  public Consumer<GenerationEvent> chatting(String model, int promptTokens) {
    return span(AnswerMeter.CHAT, model, promptTokens);
  }

  private Consumer<GenerationEvent> span(String path, String model, int promptTokens) {
    Span answer = begin(GenAiNames.CHAT + " " + model, inside, Instant.now());
    answer.setAttribute(GenAiNames.OPERATION, GenAiNames.CHAT);
    answer.setAttribute(GenAiNames.PROVIDER, GenAiNames.KVASIR);
    answer.setAttribute(GenAiNames.MODEL, model);
    answer.setAttribute(GenAiNames.PATH, path);
    answer.setAttribute(GenAiNames.INPUT_TOKENS, promptTokens);
    return new Path(answer);
  }

  @Override
  public void ended(Trace.Status status) {
    span.setAttribute(GenAiNames.STATUS, status.toString());
    if (status == Trace.Status.FAILED) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  /** The span of one path's answer; on the inference thread. */
  private final class Path implements Consumer<GenerationEvent> {
    private final Span answer;
    private final Instant start = Instant.now();
    private Instant firstToken = start;
    private int tokens;
    private int cached;

    private Path(Span answer) {
      this.answer = answer;
    }

    @Override
    public void accept(GenerationEvent event) {
      if (event instanceof GenerationEvent.Token) {
        if (tokens == 0) {
          firstToken = Instant.now();
        }
        tokens++;
      } else if (event instanceof GenerationEvent.Prefill prefill) {
        cached = prefill.cached();
      } else if (event instanceof GenerationEvent.Finished finished) {
        finish(finished);
      } else if (event instanceof GenerationEvent.Failed) {
        answer.setStatus(StatusCode.ERROR);
        answer.setAttribute(GenAiNames.FINISH_REASONS, List.of("error"));
        answer.end();
      }
    }

    private void finish(GenerationEvent.Finished finished) {
      Instant end = Instant.now();
      Context within = inside.with(answer);
      Instant admitted = start.plusNanos(Metrics.nanos(finished.queueMs()));
      begin(GenAiNames.QUEUE_SPAN, within, start).end(admitted);
      if (tokens > 0) {
        begin(GenAiNames.PREFILL_SPAN, within, admitted).end(firstToken);
        begin(GenAiNames.DECODE_SPAN, within, firstToken).end(end);
      }
      answer.setAttribute(GenAiNames.CACHED_TOKENS, cached);
      answer.setAttribute(GenAiNames.OUTPUT_TOKENS, tokens);
      answer.setAttribute(GenAiNames.FINISH_REASONS, List.of(finished.reason().toString()));
      answer.end(end);
    }
  }
}
