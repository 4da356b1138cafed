package io.kvasir.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kvasir.core.ProblemException;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Sampling;
import io.kvasir.generate.GenerationEvent.FinishReason;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.onnx.OnnxDecoders;
import io.kvasir.onnx.Recorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many requests, one decoder: nobody sees that others are there. */
final class BatchingGeneratorTest {
  private static final int SLOTS = 4;
  private static final int QUEUE = 3;
  private static final EngineOptions OPTIONS =
      EngineOptions.DEFAULTS
          .withThreads(1)
          .withCache(SLOTS, 512)
          .withQueue(QUEUE)
          .withPasses(16, 4)
          .withDeadline(Duration.ofSeconds(30));

  @TempDir static Path temporary;
  private static Path folder;
  private static BatchingGenerator generator;

  @BeforeAll
  static void load() {
    folder = TinyGguf.export(temporary, "llama");
    generator = OnnxDecoders.load(folder, OPTIONS);
  }

  @AfterAll
  static void unload() {
    generator.close();
  }

  /** Other tests' prompts must not be in the cache where a test counts what is. */
  @BeforeEach
  void fillTheCacheWithNoise() {
    List<GenerationRequest> noise = new ArrayList<>();
    for (int i = 0; i < SLOTS; i++) {
      noise.add(request(new int[] {200 + i, 3, 4}, sampling(0, 0, 1)));
    }
    start(generator, noise).forEach(Recorder::awaitEnd);
  }

  @Test
  void givesTheSameTokensAloneAndBesideOthers() {
    GenerationRequest request = request(prompt("A question about a cat"), sampling(0.8, 42, 40));
    Recorder alone = start(generator, List.of(request)).get(0).awaitEnd();
    List<GenerationRequest> many =
        List.of(
            request(
                prompt("Something else entirely, and much longer than that"), sampling(1, 1, 60)),
            request,
            request(prompt("x"), sampling(0.5, 3, 10)));
    List<Recorder> together = start(generator, many);
    together.forEach(Recorder::awaitEnd);
    assertThat(together.get(1).ids()).isEqualTo(alone.ids()).hasSizeGreaterThan(5);
    for (int i = 0; i < alone.logprobs().size(); i++) {
      assertThat(together.get(1).logprobs().get(i))
          .isCloseTo(alone.logprobs().get(i), within(1e-4));
    }
    Recorder otherSeed =
        start(generator, List.of(request(request.prompt(), sampling(0.8, 43, 40))))
            .get(0)
            .awaitEnd();
    assertThat(otherSeed.ids()).isNotEqualTo(alone.ids());
  }

  @Test
  void readsTheCommonBeginningOfAGroupOnce() {
    int[] common = generator.prompt(List.of(user("Instruction that all of them share."))).ids();
    List<GenerationRequest> group = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int[] ids = Arrays.copyOf(common, common.length + 3 + i);
      Arrays.fill(ids, common.length, ids.length, 50 + i);
      group.add(request(ids, sampling(0, 0, 8)));
    }
    List<Recorder> recorders = start(generator, group);
    recorders.forEach(Recorder::awaitEnd);
    assertThat(cached(recorders.get(0))).isLessThan(common.length);
    assertThat(cached(recorders.get(1))).isEqualTo(common.length);
    assertThat(cached(recorders.get(2))).isEqualTo(common.length);
    try (BatchingGenerator fresh = OnnxDecoders.load(folder, OPTIONS)) {
      for (int i = 0; i < 3; i++) {
        Recorder alone = start(fresh, List.of(group.get(i))).get(0).awaitEnd();
        assertThat(recorders.get(i).ids()).isEqualTo(alone.ids());
      }
    }
  }

  @Test
  void continuesAConversationFromTheCache() {
    int[] first = prompt("Tell me of the sea and the ships").ids();
    Recorder answer =
        start(generator, List.of(request(first, sampling(0, 0, 12)))).get(0).awaitEnd();
    int[] second = Arrays.copyOf(first, first.length + answer.ids().size() + 4);
    for (int i = 0; i < answer.ids().size(); i++) {
      second[first.length + i] = answer.ids().get(i);
    }
    Recorder next =
        start(generator, List.of(request(second, sampling(0, 0, 12)))).get(0).awaitEnd();
    assertThat(cached(next)).isEqualTo(first.length + answer.ids().size() - 1);
  }

  @Test
  void freesASlotWithinATokenOfCancelling() {
    Recorder[] recorders = {new Recorder(), new Recorder()};
    GenerationRequest endless = request(new int[] {9, 10, 11}, sampling(1, 1, 400));
    List<Generation> handles = generator.start(List.of(endless, endless), List.of(recorders));
    recorders[0].awaitFirstToken();
    int before = recorders[0].ids().size();
    handles.get(0).cancel();
    int after = recorders[0].ids().size();
    recorders[0].awaitEnd();
    assertThat(recorders[0].finished().reason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(recorders[0].ids().size()).isBetween(before, after + 1);
    handles.get(1).cancel();
    handles.get(1).cancel();
    assertThat(recorders[1].awaitEnd().finished().reason()).isEqualTo(FinishReason.CANCELLED);
  }

  @Test
  void refusesMoreThanTheQueueHoldsAndTellsThoseWhoWaitTheirPlace() {
    GenerationRequest endless = request(new int[] {9, 10, 12}, sampling(1, 5, 450));
    List<Recorder> all = new ArrayList<>();
    List<Generation> handles = new ArrayList<>();
    for (int i = 0; i < SLOTS + QUEUE; i++) {
      Recorder recorder = new Recorder();
      all.add(recorder);
      handles.addAll(generator.start(List.of(endless), List.of(recorder)));
    }
    assertThatThrownBy(() -> generator.start(List.of(endless), List.of(new Recorder())))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.kind()).isEqualTo(ProblemException.Kind.BUSY));
    all.get(0).awaitFirstToken();
    // The last may have come after the turn that gave the first its token.
    all.get(SLOTS + QUEUE - 1).awaitQueued();
    handles.forEach(Generation::cancel);
    all.forEach(Recorder::awaitEnd);
    assertThat(all.get(SLOTS + QUEUE - 1).all(GenerationEvent.Queued.class))
        .contains(new GenerationEvent.Queued(QUEUE - 1));
    Recorder again = start(generator, List.of(request(new int[] {5, 6}, sampling(0, 0, 2)))).get(0);
    assertThat(again.awaitEnd().finished().reason()).isNotEqualTo(FinishReason.CANCELLED);
  }

  @Test
  void failsWhatIsLeftWhenItCloses() {
    BatchingGenerator closing = OnnxDecoders.load(folder, OPTIONS);
    GenerationRequest endless = request(new int[] {9, 10, 13}, sampling(1, 5, 450));
    List<Recorder> recorders = start(closing, List.of(endless, endless));
    recorders.get(0).awaitFirstToken();
    closing.close();
    for (Recorder recorder : recorders) {
      recorder.awaitEnd();
      assertThat(recorder.all(GenerationEvent.Failed.class).get(0).problem().kind())
          .isEqualTo(ProblemException.Kind.UNAVAILABLE);
    }
    assertThatThrownBy(() -> closing.start(List.of(endless), List.of(new Recorder())))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("load it again");
  }

  @Test
  void endsWhatTakesLongerThanTheDeadline() {
    EngineOptions hurried =
        EngineOptions.DEFAULTS
            .withThreads(1)
            .withCache(1, 512)
            .withQueue(QUEUE)
            .withPasses(16, 4)
            .withDeadline(Duration.ofMillis(50));
    try (BatchingGenerator late = OnnxDecoders.load(folder, hurried)) {
      GenerationRequest endless = request(new int[] {9, 10, 13}, sampling(1, 5, 500));
      Recorder[] recorders = {new Recorder(), new Recorder()};
      late.start(List.of(endless), List.of(recorders[0]));
      late.start(List.of(endless), List.of(recorders[1]));
      assertThat(recorders[1].awaitEnd().all(GenerationEvent.Failed.class).get(0).problem())
          .hasMessageContaining("engine.deadline-seconds");
    }
  }

  @Test
  void aReaderThatThrowsLosesOnlyItsOwnGeneration() {
    GenerationRequest request = request(new int[] {9, 10, 14}, sampling(1, 5, 30));
    Recorder other = new Recorder();
    Consumer<GenerationEvent> defective =
        event -> {
          throw new IllegalStateException("a reader's own defect");
        };
    generator.start(List.of(request, request), List.of(defective, other));
    assertThat(other.awaitEnd().finished().reason()).isNotEqualTo(FinishReason.CANCELLED);
  }

  @Test
  void endsAtTheTokenLimitAndAtTheEndOfTheContext() {
    Recorder limited =
        start(generator, List.of(request(new int[] {7, 8, 9}, sampling(1, 2, 5))))
            .get(0)
            .awaitEnd();
    assertThat(limited.ids()).hasSize(5);
    assertThat(limited.finished().reason()).isEqualTo(FinishReason.LENGTH);
    int[] long500 = new int[500];
    Arrays.fill(long500, 77);
    Recorder full =
        start(generator, List.of(request(long500, sampling(0, 0, 400)))).get(0).awaitEnd();
    assertThat(full.ids().size()).isLessThanOrEqualTo(12);
    assertThatThrownBy(() -> start(generator, List.of(request(new int[512], sampling(0, 0, 4)))))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("engine.context");
    assertThatThrownBy(() -> start(generator, List.of(request(new int[0], sampling(0, 0, 4)))))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void measuresAttentionOverThePartsOfThePromptForThoseWhoWatch() {
    Prompt prompt = prompt("Where do the gulls sleep at night?");
    List<Recorder> recorders =
        start(
            generator,
            List.of(
                new GenerationRequest(prompt, sampling(0, 0, 6), true),
                new GenerationRequest(prompt, sampling(0, 0, 6), false)));
    recorders.forEach(Recorder::awaitEnd);
    assertThat(recorders.get(1).ids()).isEqualTo(recorders.get(0).ids());
    for (GenerationEvent.Token token : recorders.get(1).all(GenerationEvent.Token.class)) {
      assertThat(token.mass()).isEmpty();
    }
    List<GenerationEvent.Token> tokens = recorders.get(0).all(GenerationEvent.Token.class);
    for (GenerationEvent.Token token : tokens) {
      assertThat(token.mass()).hasSize(prompt.parts().size() + 1);
      double sum = 0;
      for (float mass : token.mass()) {
        sum += mass;
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
    assertThat(tokens.get(0).mass()[prompt.parts().size()]).isZero();
    assertThat(tokens.get(1).mass()[prompt.parts().size()]).isPositive();
  }

  @Test
  void anOpeningIsProducedLikeAnyTokensAndTheAnswerGoesOnFromIt() {
    Prompt prompt = prompt("Where do the gulls sleep at night?");
    int[] opening = generator.tokens("on the");
    int[] begun = IntStream.concat(Arrays.stream(prompt.ids()), Arrays.stream(opening)).toArray();
    Recorder further = start(generator, List.of(request(begun, sampling(0, 0, 4)))).get(0);
    Recorder opened =
        start(
                generator,
                List.of(
                    new GenerationRequest(
                        prompt,
                        opening,
                        sampling(0, 0, opening.length + 4),
                        true,
                        Priority.PERSON)))
            .get(0);
    further.awaitEnd();
    opened.awaitEnd();

    List<Integer> expected = new ArrayList<>(Arrays.stream(opening).boxed().toList());
    expected.addAll(further.ids());
    assertThat(opened.ids()).isEqualTo(expected);
    for (GenerationEvent.Token token : opened.all(GenerationEvent.Token.class)) {
      assertThat(token.logprob()).isNegative();
      assertThat(token.mass()).hasSize(prompt.parts().size() + 1);
    }
  }

  @Test
  void anAnswerThatBeginsToRepeatItselfIsEndedAndSaysSo() {
    Sampling watching = Sampling.builder().loopPenalty(0.1).maxTokens(400).build();
    int[] circle = generator.tokens("the gulls sleep here. ".repeat(4));
    Prompt prompt = prompt("Where?");
    Recorder ended =
        start(
                generator,
                List.of(new GenerationRequest(prompt, circle, watching, false, Priority.PERSON)))
            .get(0);
    Recorder left =
        start(
                generator,
                List.of(
                    new GenerationRequest(
                        prompt,
                        circle,
                        watching.toBuilder().loopPenalty(0.0).maxTokens(circle.length).build(),
                        false,
                        Priority.PERSON)))
            .get(0);

    assertThat(ended.awaitEnd().finished().reason()).isEqualTo(FinishReason.REPETITION);
    assertThat(ended.text().split("here", -1)).as("said twice").hasSize(3);
    assertThat(left.awaitEnd().finished().reason()).isEqualTo(FinishReason.LENGTH);
  }

  @Test
  void anExperimentsAnswerIsTheSameAsAPersons() {
    Prompt prompt = prompt("The same question");
    Recorder person =
        start(generator, List.of(request(prompt, sampling(0.8, 5, 20)))).get(0).awaitEnd();
    Recorder experiment =
        start(
                generator,
                List.of(
                    new GenerationRequest(
                        prompt, new int[0], sampling(0.8, 5, 20), false, Priority.EXPERIMENT)))
            .get(0)
            .awaitEnd();
    assertThat(experiment.ids()).isEqualTo(person.ids());
  }

  private static int cached(Recorder recorder) {
    List<GenerationEvent.Prefill> reading = recorder.all(GenerationEvent.Prefill.class);
    return reading.get(reading.size() - 1).cached();
  }

  private static List<Recorder> start(BatchingGenerator target, List<GenerationRequest> requests) {
    List<Recorder> recorders = requests.stream().map(request -> new Recorder()).toList();
    target.start(requests, recorders);
    return recorders;
  }

  private static Prompt prompt(String question) {
    return generator.prompt(List.of(user(question)));
  }

  private static Message user(String text) {
    return Message.of(Message.Role.USER, PromptPart.Kind.QUESTION, text);
  }

  private static GenerationRequest request(Prompt prompt, Sampling sampling) {
    return new GenerationRequest(prompt, sampling, false);
  }

  private static GenerationRequest request(int[] ids, Sampling sampling) {
    Prompt prompt =
        new Prompt(ids, "", List.of(new PromptPart(PromptPart.Kind.QUESTION, ids.length, null)));
    return request(prompt, sampling);
  }

  private static Sampling sampling(double temperature, long seed, int maxTokens) {
    return Sampling.builder().temperature(temperature).seed(seed).maxTokens(maxTokens).build();
  }
}
