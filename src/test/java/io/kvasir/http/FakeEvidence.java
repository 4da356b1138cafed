package io.kvasir.http;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.ProblemException;
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
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Evidence that is the same for every contrast, and remembers what it was asked. */
final class FakeEvidence implements Evidence {
  static final EvidenceLimits LIMITS = new EvidenceLimits(1, 8, 1_000, 4);

  final List<AttentionQuestion> asked = new CopyOnWriteArrayList<>();
  final List<String> measured = new CopyOnWriteArrayList<>();
  final List<String> cancelled = new CopyOnWriteArrayList<>();

  @Override
  public Future<AttentionView> attention(
      Workspace workspace, String contrast, AttentionQuestion question) {
    asked.add(question);
    return Future.succeededFuture(Samples.attention());
  }

  @Override
  public Future<NextTokens> nextTokens(Workspace workspace, String contrast, AnswerPath path) {
    return Future.succeededFuture(Samples.NEXT_TOKENS);
  }

  @Override
  public Future<List<PromptSentence>> sentences(
      Workspace workspace, String contrast, AnswerPath path) {
    return Future.succeededFuture(List.of(new PromptSentence(7, 1, 3, "Use dpkg.")));
  }

  @Override
  public Future<AnswerWithout> without(
      Workspace workspace, String contrast, AnswerPath path, List<AnswerWithout.Stretch> left) {
    return Future.succeededFuture(
        new AnswerWithout(path, left, "I do not know.", "stop", -1.5, -9.25, 7.75));
  }

  @Override
  public Future<EventLog<EvidenceEvent>> measure(
      Workspace workspace, String contrast, AnswerPath path, int masks) {
    if (path.equals(AnswerPath.CLOSED_BOOK)) {
      return Future.failedFuture(
          new ProblemException(ProblemException.Kind.CONFLICT, "closed-book had no passages"));
    }
    measured.add(path + " " + masks);
    EventLog<EvidenceEvent> log = new EventLog<>();
    Samples.evidenceEvents().forEach(log::append);
    log.close();
    return Future.succeededFuture(log);
  }

  @Override
  public void cancel(Workspace workspace, String contrast) {
    cancelled.add(contrast);
  }

  @Override
  public EvidenceLimits limits() {
    return LIMITS;
  }
}
