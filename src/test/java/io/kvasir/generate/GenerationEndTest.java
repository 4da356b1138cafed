package io.kvasir.generate;

import static io.kvasir.generate.BatchedRequests.OPTIONS;
import static io.kvasir.generate.BatchedRequests.QUEUE;
import static io.kvasir.generate.BatchedRequests.SLOTS;
import static io.kvasir.generate.BatchedRequests.fillTheCacheWithNoise;
import static io.kvasir.generate.BatchedRequests.request;
import static io.kvasir.generate.BatchedRequests.sampling;
import static io.kvasir.generate.BatchedRequests.start;
import static io.kvasir.generate.BatchedRequests.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How answers end, and what of a decoder of few slots is refused. */
final class GenerationEndTest {
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

  @BeforeEach
  void fillTheCache() {
    fillTheCacheWithNoise(generator);
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
  void anAnswerThatBeginsToRepeatItselfIsEndedAndSaysSo() {
    Sampling watching = Sampling.builder().loopPenalty(0.1).maxTokens(400).build();
    int[] circle = generator.tokens("the gulls sleep here. ".repeat(4));
    Prompt prompt = prompt("Where?");
    Recorder ended =
        start(
                generator,
                List.of(
                    new GenerationRequest(
                        prompt, circle, watching, false, Priority.PERSON, PromptRows.none())))
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
                        Priority.PERSON,
                        PromptRows.none())))
            .get(0);

    assertThat(ended.awaitEnd().finished().reason()).isEqualTo(FinishReason.REPETITION);
    assertThat(ended.text().split("here", -1)).as("said twice").hasSize(3);
    assertThat(left.awaitEnd().finished().reason()).isEqualTo(FinishReason.LENGTH);
  }

  private static Prompt prompt(String question) {
    return generator.prompt(List.of(user(question)));
  }
}
