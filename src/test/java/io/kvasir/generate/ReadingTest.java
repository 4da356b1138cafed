package io.kvasir.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kvasir.core.ProblemException;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Sampling;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.onnx.OnnxDecoders;
import io.kvasir.onnx.Recorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading given tokens tells their probabilities, whatever is in the cache and beside it. */
final class ReadingTest {
  private static final EngineOptions OPTIONS =
      EngineOptions.DEFAULTS
          .withThreads(1)
          .withCache(3, 512)
          .withQueue(4)
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

  @Test
  void givesTheProbabilitiesThatTheAnswerHadWhenItWasWritten() throws Exception {
    int[] prompt = tokens(1, 60);
    Recorder written = answer(generator, prompt, 20);
    int[] answer = written.ids().stream().mapToInt(Integer::intValue).toArray();
    double[] read = await(generator.read(ReadingRequest.answer(prompt, answer, null)));
    assertThat(read).hasSameSizeAs(answer);
    for (int i = 0; i < read.length; i++) {
      // A step adds up in another order than a read, over 8-bit activations.
      assertThat(read[i]).isCloseTo(written.logprobs().get(i), within(0.05));
    }
  }

  @Test
  void readsAgainFromTheCacheWhatItReadFresh() throws Exception {
    int[] answer = tokens(2, 45);
    int[] all = tokens(3, 150);
    int[] without = new int[110];
    System.arraycopy(all, 0, without, 0, 50);
    System.arraycopy(all, 90, without, 50, 60);
    await(generator.read(ReadingRequest.answer(all, answer, null)));
    double[] cached = await(generator.read(ReadingRequest.answer(without, answer, null)));
    try (BatchingGenerator other = OnnxDecoders.load(folder, OPTIONS)) {
      double[] fresh = await(other.read(ReadingRequest.answer(without, answer, null)));
      assertThat(cached).containsExactly(fresh, within(1e-4));
    }
  }

  @Test
  void showsEveryLayerTheRowsThatWereAskedForAndNoOthers() throws Exception {
    List<String> seen = new ArrayList<>();
    int[] ids = tokens(4, 100);
    ReadingRequest request =
        new ReadingRequest(
            ids,
            new int[0],
            40,
            rows -> {
              for (int row = 0; row < rows.queries().length; row++) {
                seen.add(rows.layer() + ":" + (rows.position() + row));
              }
            });
    await(generator.read(request));
    List<String> expected = new ArrayList<>();
    for (int layer = 0; layer < TinyGguf.LAYERS; layer++) {
      for (int position = 60; position < 100; position++) {
        expected.add(layer + ":" + position);
      }
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void stepsBackForAnswersAndIsReadInTheEnd() throws Exception {
    List<CompletableFuture<double[]>> readings = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      readings.add(
          generator.read(ReadingRequest.answer(tokens(10 + i, 400), tokens(i, 80), rows -> {})));
    }
    List<Recorder> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      answers.add(start(generator, tokens(20 + i, 8), 4));
    }
    answers.forEach(Recorder::awaitEnd);
    assertThat(readings.get(3)).as("answers come first").isNotDone();
    double[] last = await(readings.get(3));
    double[] again =
        await(generator.read(ReadingRequest.answer(tokens(13, 400), tokens(3, 80), null)));
    assertThat(last).containsExactly(again, within(1e-3));
  }

  @Test
  void endsWhatIsCancelledRefusesWhatIsTooMuchAndFailsWhatIsLeft() throws Exception {
    ReadingRequest request = ReadingRequest.answer(tokens(5, 400), tokens(6, 90), null);
    BatchingGenerator closing = OnnxDecoders.load(folder, OPTIONS);
    CompletableFuture<double[]> cancelled = closing.read(request);
    cancelled.cancel(true);
    assertThatThrownBy(cancelled::join).isInstanceOf(CancellationException.class);
    assertThat(await(closing.read(request))).hasSize(90);
    assertThatThrownBy(() -> closing.read(ReadingRequest.answer(tokens(1, 500), new int[40], null)))
        .hasMessageContaining("engine.context");
    List<CompletableFuture<double[]>> many = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10; i++) {
                many.add(closing.read(ReadingRequest.answer(tokens(i, 400), tokens(6, 90), null)));
              }
            })
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("engine.queue");
    closing.close();
    assertThatThrownBy(() -> many.get(many.size() - 1).get(5, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(ProblemException.class)
        .hasMessageContaining("load it again");
  }

  private static Recorder answer(BatchingGenerator target, int[] prompt, int tokens) {
    return start(target, prompt, tokens).awaitEnd();
  }

  private static Recorder start(BatchingGenerator target, int[] prompt, int tokens) {
    Recorder recorder = new Recorder();
    target.start(
        List.of(
            new GenerationRequest(
                new Prompt(
                    prompt,
                    "",
                    List.of(new PromptPart(PromptPart.Kind.QUESTION, prompt.length, null))),
                Sampling.builder().temperature(1).seed(3).maxTokens(tokens).build(),
                false)),
        List.of(recorder));
    return recorder;
  }

  private static double[] await(CompletableFuture<double[]> reading) throws Exception {
    return reading.get(30, TimeUnit.SECONDS);
  }

  private static int[] tokens(int seed, int count) {
    int[] ids = new Random(seed).ints(count, 3, TinyGguf.tokens().size()).toArray();
    return Arrays.copyOf(ids, count);
  }
}
