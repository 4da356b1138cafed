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
import io.kvasir.core.PathTrace;
import io.kvasir.core.ProblemException;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Sampling;
import io.kvasir.core.TokenOrigin;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.generate.EngineOptions;
import io.kvasir.generate.OneDecoder;
import io.kvasir.generate.Prompt;
import io.kvasir.generate.ReadingRequest;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.onnx.OnnxDecoders;
import io.kvasir.stream.EventLog;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found about a stored answer is what a decoder that knows nothing of it finds afresh. */
final class EvidenceServiceTest {
  private static final String QUESTION = "Where do the gulls sleep?";
  private static final List<String> TEXTS =
      List.of(
          "The gulls sleep on the cliff.", "Cats sleep in the sun.", "The sea is grey and cold.");
  private static final EngineOptions OPTIONS =
      EngineOptions.DEFAULTS
          .withThreads(1)
          .withCache(3, 1_024)
          .withQueue(64)
          .withPasses(32, 8)
          .withDeadline(Duration.ofSeconds(60));

  @TempDir static Path temporary;
  private static Path folder;
  private static BatchingGenerator generator;

  private final ExecutorService worker = Executors.newFixedThreadPool(3);
  private final Traces traces = new Traces();
  private final EvidenceService service =
      new EvidenceService(traces, new OneDecoder(generator), EvidenceLimits.DEFAULT, worker);

  @BeforeAll
  static void load() {
    folder = TinyGguf.export(temporary, "llama");
    generator = OnnxDecoders.load(folder, OPTIONS);
  }

  @AfterAll
  static void unload() {
    generator.close();
  }

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
  void nextTokensAreWhatTheDecoderWouldHaveDrawn() throws Exception {
    Trace trace = trace(AnswerPath.RAG);
    traces.save(Workspace.ONLY, trace);
    NextTokens found = await(service.nextTokens(Workspace.ONLY, trace.id(), AnswerPath.RAG));

    int[] answer = WrittenAnswer.of(trace, AnswerPath.RAG).answer();
    int[] prompt = WrittenAnswer.of(trace, AnswerPath.RAG).prompt();
    assertThat(found.tokens()).hasSize(answer.length);
    int place = 2;
    NextTokens.Place there = found.tokens().get(place);
    assertThat(there.id()).isEqualTo(answer[place]);
    assertThat(there.candidates()).hasSize(EvidenceLimits.DEFAULT.candidates());
    float[][] logits = new float[answer.length][];
    try (BatchingGenerator fresh = OnnxDecoders.load(folder, OPTIONS)) {
      ReadingRequest reading =
          ReadingRequest.answer(prompt, answer, null)
              .showing((each, seen) -> logits[each] = seen.clone());
      double[] logprobs = fresh.read(reading).get(30, TimeUnit.SECONDS);
      assertThat(there.logprob()).isCloseTo(logprobs[place], within(1e-3));
    }
    List<Double> whole = probabilities(logits[place], 1);
    List<Double> sorted = new ArrayList<>(whole);
    sorted.sort(java.util.Comparator.reverseOrder());
    for (int i = 0; i < there.candidates().size(); i++) {
      NextTokens.Candidate candidate = there.candidates().get(i);
      assertThat(Math.exp(candidate.logprob())).isCloseTo(sorted.get(i), within(1e-4));
      for (int j = 0; j < found.temperatures().size(); j++) {
        double temperature = found.temperatures().get(j);
        assertThat(Math.exp(candidate.logprob() / temperature - there.normalisers().get(j)))
            .isCloseTo(probabilities(logits[place], temperature).get(candidate.id()), within(1e-4));
      }
    }
    double written = whole.get(answer[place]);
    assertThat(there.rank())
        .isEqualTo(1 + (int) whole.stream().filter(each -> each > written).count());
  }

  private static List<Double> probabilities(float[] logits, double temperature) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit / temperature);
    }
    List<Double> found = new ArrayList<>();
    for (float logit : logits) {
      found.add(Math.exp(logit / temperature) / sum);
    }
    return found;
  }

  @Test
  void withoutASentenceIsAnsweredAndReadAsThePromptWithoutItsTokens() throws Exception {
    Trace trace = trace(AnswerPath.RAG);
    traces.save(Workspace.ONLY, trace);
    List<PromptSentence> sentences =
        await(service.sentences(Workspace.ONLY, trace.id(), AnswerPath.RAG));
    assertThat(sentences.stream().map(each -> each.text().strip()).toList())
        .containsExactly(
            "Passage: A", TEXTS.get(0), "Passage: A", TEXTS.get(1), "Passage: A", TEXTS.get(2));
    PromptSentence first = sentences.get(1);
    WrittenAnswer written = WrittenAnswer.of(trace, AnswerPath.RAG);
    AnswerWithout found =
        await(
            service.without(
                Workspace.ONLY,
                trace.id(),
                AnswerPath.RAG,
                List.of(new AnswerWithout.Stretch(first.begin(), first.end()))));

    int[] shorter =
        java.util.stream.IntStream.range(0, written.prompt().length)
            .filter(position -> position < first.begin() || position >= first.end())
            .map(position -> written.prompt()[position])
            .toArray();
    try (BatchingGenerator fresh = OnnxDecoders.load(folder, OPTIONS)) {
      double with = Arrays.stream(read(fresh, prompt(passages()), written.answer())).sum();
      double without =
          Arrays.stream(
                  fresh
                      .read(ReadingRequest.answer(shorter, written.answer(), null))
                      .get(30, TimeUnit.SECONDS))
              .sum();
      assertThat(found.logprob()).isCloseTo(with, within(1e-3));
      assertThat(found.without()).isCloseTo(without, within(1e-3));
      assertThat(found.delta()).isCloseTo(with - without, within(2e-3));
    }
    assertThat(found.answer()).isNotEmpty();
    assertThatThrownBy(
            () ->
                await(
                    service.without(
                        Workspace.ONLY,
                        trace.id(),
                        AnswerPath.RAG,
                        List.of(new AnswerWithout.Stretch(0, 2)))))
        .rootCause()
        .hasMessageContaining("not inside of a passage");
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

  private static double[] read(BatchingGenerator fresh, Prompt prompt, int[] answer)
      throws Exception {
    return fresh.read(ReadingRequest.answer(prompt.ids(), answer, null)).get(30, TimeUnit.SECONDS);
  }

  private static List<Passage> passages() {
    List<Passage> passages = new ArrayList<>();
    for (String text : TEXTS) {
      long id = passages.size() + 1L;
      passages.add(new Passage(id, 1, "a.txt", "A", 0, "", null, 0, text.length(), text, text));
    }
    return passages;
  }

  private static Prompt prompt(List<Passage> passages) {
    return generator.prompt(new PromptWriter("en", AnswerStyle.SHORT).messages(passages, QUESTION));
  }

  private static Trace trace(AnswerPath path) {
    Prompt prompt = prompt(path.equals(AnswerPath.RAG) ? passages() : List.of());
    List<PromptPart> parts = new ArrayList<>(prompt.parts());
    parts.add(new PromptPart(PromptPart.Kind.ANSWER, 6, null));
    List<PathTrace.TokenTrace> tokens = new ArrayList<>();
    for (int id : generator.tokens("on the cliff")) {
      tokens.add(new PathTrace.TokenTrace(id, "", -1, 1, new float[0]));
    }
    String id = UUID.randomUUID().toString();
    return new Trace(
        Trace.VERSION,
        id,
        Instant.now(),
        Trace.Status.COMPLETE,
        id,
        QUESTION,
        "shelf",
        List.of(),
        new Trace.Model(
            generator.description().name(),
            generator.description().checksum(),
            generator.description().format()),
        null,
        AnswerStyle.SHORT,
        null,
        Sampling.GREEDY,
        List.of(1),
        null,
        null,
        null,
        List.of(
            new PathTrace(
                path,
                "on the cliff",
                "stop",
                null,
                null,
                new PathTrace.PromptTrace(
                    prompt.ids().length, 0, 100, prompt.text(), prompt.ids(), parts, 0),
                List.of(),
                tokens,
                PathTrace.Timings.NONE,
                null)));
  }

  private static List<EvidenceEvent> follow(EventLog<EvidenceEvent> log) throws Exception {
    List<EvidenceEvent> events = new ArrayList<>();
    for (int i = 0; !log.endsAt(i); i++) {
      await(log.reached(i));
      if (i < log.size()) {
        events.add(log.get(i));
      }
    }
    return events;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
