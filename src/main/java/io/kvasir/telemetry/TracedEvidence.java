package io.kvasir.telemetry;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Workspace;
import io.kvasir.evidence.AnswerWithout;
import io.kvasir.evidence.AttentionQuestion;
import io.kvasir.evidence.AttentionView;
import io.kvasir.evidence.Evidence;
import io.kvasir.evidence.EvidenceEvent;
import io.kvasir.evidence.EvidenceLimits;
import io.kvasir.evidence.NextTokens;
import io.kvasir.evidence.PromptSentence;
import io.kvasir.stream.EventLog;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.vertx.core.Future;
import java.util.List;

/**
 * The same evidence, with a span for each time that some is asked for: within the request that
 * asks, linked to the contrast.
 */
final class TracedEvidence implements Evidence {
  private final Evidence evidence;
  private final Tracer tracer;
  private final KnownContrasts contrasts;

  TracedEvidence(Evidence evidence, Tracer tracer, KnownContrasts contrasts) {
    this.evidence = evidence;
    this.tracer = tracer;
    this.contrasts = contrasts;
  }

  @Override
  public Future<AttentionView> attention(
      Workspace workspace, String contrast, AttentionQuestion question) {
    Span span = begin(GenAiNames.ATTENTION_SPAN, contrast, question.path());
    return evidence
        .attention(workspace, contrast, question)
        .onComplete(read -> end(span, read.succeeded()));
  }

  @Override
  public Future<NextTokens> nextTokens(Workspace workspace, String contrast, AnswerPath path) {
    Span span = begin(GenAiNames.NEXT_TOKENS_SPAN, contrast, path);
    return evidence
        .nextTokens(workspace, contrast, path)
        .onComplete(read -> end(span, read.succeeded()));
  }

  @Override
  public Future<List<PromptSentence>> sentences(
      Workspace workspace, String contrast, AnswerPath path) {
    return evidence.sentences(workspace, contrast, path);
  }

  @Override
  public Future<AnswerWithout> without(
      Workspace workspace, String contrast, AnswerPath path, List<AnswerWithout.Stretch> left) {
    Span span = begin(GenAiNames.WITHOUT_SPAN, contrast, path);
    return evidence
        .without(workspace, contrast, path, left)
        .onComplete(found -> end(span, found.succeeded()));
  }

  @Override
  public Future<EventLog<EvidenceEvent>> measure(
      Workspace workspace, String contrast, AnswerPath path, int masks) {
    Span span = begin(GenAiNames.EVIDENCE_SPAN, contrast, path);
    return evidence
        .measure(workspace, contrast, path, masks)
        .onSuccess(log -> log.ended().onComplete(ended -> end(span, true)))
        .onFailure(refused -> end(span, false));
  }

  @Override
  public void cancel(Workspace workspace, String contrast) {
    evidence.cancel(workspace, contrast);
  }

  @Override
  public EvidenceLimits limits() {
    return evidence.limits();
  }

  private Span begin(String name, String contrast, AnswerPath path) {
    SpanBuilder span =
        tracer
            .spanBuilder(name)
            .setParent(Context.current())
            .setAttribute(GenAiNames.CONTRAST, contrast)
            .setAttribute(GenAiNames.PATH, path.toString());
    contrasts.of(contrast).ifPresent(span::addLink);
    return span.startSpan();
  }

  private static void end(Span span, boolean succeeded) {
    if (!succeeded) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }
}
