package io.kvasir.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kvasir.contrast.PromptWriter;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Passage;
import io.kvasir.core.PathEvidence;
import io.kvasir.core.PathEvidence.PassageEvidence;
import io.kvasir.core.ProblemException;
import io.kvasir.core.PromptPart;
import io.kvasir.core.TokenOrigin;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.onnx.OnnxDecoders;
import io.kvasir.stream.EventLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is found about a stored answer is what a decoder that knows nothing of it finds afresh. */
final class EvidenceServiceTest extends AnsweredQuestion {
  @Test
  void leavingAPassageOutIsThePromptThatIsMadeWithoutIt() {
    WrittenAnswer written = WrittenAnswer.of(trace(AnswerPath.RAG), AnswerPath.RAG);
    for (long left = 1; left <= TEXTS.size(); left++) {
      List<Passage> others = new ArrayList<>(passages());
      others.remove((int) left - 1);
      assertThat(written.without(java.util.Set.of(left))).isEqualTo(prompt(others).ids());
    }
    assertThat(written.without(java.util.Set.of(1L, 2L, 3L))).isEqualTo(prompt(List.of()).ids());
  }

  @Test
  void deltasAreThoseOfFreshPromptsAndTheTraceKeepsThem() throws Exception {
    Trace trace = trace(AnswerPath.RAG);
    traces.save(Workspace.ONLY, trace);
    List<EvidenceEvent> events =
        follow(await(service.measure(Workspace.ONLY, trace.id(), AnswerPath.RAG, 12)));

    assertThat(events.get(0)).isInstanceOf(EvidenceEvent.Started.class);
    assertThat(events.get(events.size() - 1))
        .isEqualTo(new EvidenceEvent.Ended(EvidenceEvent.Status.COMPLETE, null));
    PathEvidence found = await(traces.get(Workspace.ONLY, trace.id())).paths().get(0).evidence();
    int[] answer = WrittenAnswer.of(trace, AnswerPath.RAG).answer();
    try (BatchingGenerator fresh = OnnxDecoders.load(folder, OPTIONS)) {
      double[] with = read(fresh, prompt(passages()), answer);
      double[] nothing = read(fresh, prompt(List.of()), answer);
      assertThat(found.logprob()).isCloseTo(Arrays.stream(with).sum(), within(1e-3));
      for (int token = 0; token < answer.length; token++) {
        PathEvidence.TokenEvidence colour = found.tokens().get(token);
        assertThat(colour.logprob()).isCloseTo(with[token], within(1e-3));
        assertThat(colour.without()).isCloseTo(nothing[token], within(1e-3));
        assertThat(colour.origin()).isEqualTo(TokenOrigin.of(colour.logprob(), colour.without()));
      }
      for (int left = 0; left < TEXTS.size(); left++) {
        List<Passage> others = new ArrayList<>(passages());
        others.remove(left);
        double[] without = read(fresh, prompt(others), answer);
        PassageEvidence passage = found.passages().get(left);
        assertThat(passage.id()).isEqualTo(left + 1);
        assertThat(passage.attribution()).isNotNull();
        assertThat(passage.bestHeads()).isNull();
        double sum = 0;
        for (int token = 0; token < answer.length; token++) {
          assertThat(passage.tokenDeltas().get(token))
              .isCloseTo(with[token] - without[token], within(1e-3));
          sum += with[token] - without[token];
        }
        assertThat(passage.delta()).isCloseTo(sum, within(1e-3));
      }
    }
  }

  @Test
  void calibrationFromTheCacheEqualsTheOneFromScratch() throws Exception {
    WrittenAnswer written = WrittenAnswer.of(trace(AnswerPath.RAG), AnswerPath.RAG);
    PathEvidence cached = new EvidenceMeasurement(generator, written, 0).run(done -> {});
    PathEvidence again = new EvidenceMeasurement(generator, written, 0).run(done -> {});
    int[] empty =
        generator
            .prompt(new PromptWriter("en", AnswerStyle.SHORT).messages(passages(), "N/A"))
            .ids();
    PassageAttention scratch = new PassageAttention(generator.description(), written);
    try (BatchingGenerator one = OnnxDecoders.load(folder, OPTIONS);
        BatchingGenerator other = OnnxDecoders.load(folder, OPTIONS)) {
      one.read(scratch.ofAnswer()).get(30, TimeUnit.SECONDS);
      other.read(scratch.ofEmptyQuestion(empty)).get(30, TimeUnit.SECONDS);
    }
    for (int place = 0; place < TEXTS.size(); place++) {
      double expected = scratch.of(place + 1).calibrated();
      assertThat(cached.passages().get(place).calibrated()).isCloseTo(expected, within(1e-5));
      assertThat(again.passages().get(place).calibrated()).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void attentionOfAHeadAddsUpAndIsShownInFourSteps() throws Exception {
    Trace trace = trace(AnswerPath.RAG);
    traces.save(Workspace.ONLY, trace);
    AttentionQuestion question =
        new AttentionQuestion(
            AnswerPath.RAG, List.of(2), AttentionQuestion.Selection.WATCHED, 1, 3, true);
    AttentionView view = await(service.attention(Workspace.ONLY, trace.id(), question));

    int last = view.parts().size() - 1;
    assertThat(view.parts().get(last).kind()).isEqualTo(PromptPart.Kind.ANSWER);
    assertThat(view.mass().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(1, within(1e-3));
    assertThat(view.mass()).isEqualTo(view.headMass().get(1).get(3));
    assertThat(view.share().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(1, within(1e-3));
    float[] line = view.positions().attention().get(0);
    assertThat(view.positions().pieces()).hasSize(line.length);
    assertThat(String.join("", view.positions().pieces())).contains(QUESTION);
    double ofAnswer = 0;
    for (int j = line.length - 2; j < line.length; j++) {
      ofAnswer += line[j];
    }
    assertThat(view.mass().get(last)).isCloseTo(ofAnswer, within(1e-4));
    for (int part = 0; part <= last; part++) {
      AttentionView.PartStep step = view.step().parts().get(part);
      assertThat(step.mass()).isCloseTo(view.mass().get(part), within(1e-4));
      assertThat(step.value()).isPositive();
    }
  }

  @Test
  void theFirstTokenSawNothingOfTheAnswer() throws Exception {
    Trace trace = trace(AnswerPath.RAG);
    traces.save(Workspace.ONLY, trace);
    AttentionView view =
        await(
            service.attention(
                Workspace.ONLY,
                trace.id(),
                new AttentionQuestion(
                    AnswerPath.RAG,
                    List.of(0),
                    AttentionQuestion.Selection.ALL,
                    null,
                    null,
                    false)));
    int last = view.parts().size() - 1;
    assertThat(view.mass().get(last)).isZero();
    assertThat(view.score().get(last)).isNull();
    assertThat(view.positions()).isNull();
    assertThat(view.step()).isNull();
  }

  @Test
  void whatCannotBeMeasuredSaysWhy() throws Exception {
    Trace closed = trace(AnswerPath.CLOSED_BOOK);
    traces.save(Workspace.ONLY, closed);
    assertThatThrownBy(
            () -> await(service.measure(Workspace.ONLY, closed.id(), AnswerPath.CLOSED_BOOK, 0)))
        .rootCause()
        .hasMessageContaining("no passages");
    assertThatThrownBy(() -> await(service.measure(Workspace.ONLY, closed.id(), AnswerPath.RAG, 0)))
        .rootCause()
        .hasMessageContaining("no path rag");
    assertThatThrownBy(
            () -> await(service.measure(Workspace.ONLY, closed.id(), AnswerPath.RAG, 65)))
        .rootCause()
        .hasMessageContaining("evidence.masks");
    assertThatThrownBy(
            () ->
                await(
                    service.attention(
                        Workspace.ONLY,
                        closed.id(),
                        new AttentionQuestion(
                            AnswerPath.CLOSED_BOOK,
                            List.of(),
                            AttentionQuestion.Selection.BEST,
                            null,
                            null,
                            false))))
        .rootCause()
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("heads detect");
  }

  @Test
  void aMeasurementThatIsCancelledKeepsNothing() throws Exception {
    Trace trace = trace(AnswerPath.RAG);
    traces.save(Workspace.ONLY, trace);
    EventLog<EvidenceEvent> log =
        await(service.measure(Workspace.ONLY, trace.id(), AnswerPath.RAG, 64));
    assertThat(await(service.measure(Workspace.ONLY, trace.id(), AnswerPath.RAG, 64)))
        .isSameAs(log);
    service.cancel(Workspace.ONLY, trace.id());
    List<EvidenceEvent> events = follow(log);
    assertThat(events.get(events.size() - 1))
        .isEqualTo(new EvidenceEvent.Ended(EvidenceEvent.Status.CANCELLED, null));
    assertThat(await(traces.get(Workspace.ONLY, trace.id())).paths().get(0).evidence()).isNull();
  }
}
