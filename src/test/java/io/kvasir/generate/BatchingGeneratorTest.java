package io.kvasir.generate;

import static io.kvasir.generate.BatchedRequests.OPTIONS;
import static io.kvasir.generate.BatchedRequests.fillTheCacheWithNoise;
import static io.kvasir.generate.BatchedRequests.request;
import static io.kvasir.generate.BatchedRequests.sampling;
import static io.kvasir.generate.BatchedRequests.start;
import static io.kvasir.generate.BatchedRequests.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kvasir.gguf.TinyGguf;
import io.kvasir.onnx.OnnxDecoders;
import io.kvasir.onnx.Recorder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many requests, one decoder: nobody sees that others are there. */
final class BatchingGeneratorTest {
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
                        Priority.PERSON,
                        PromptRows.none())))
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
  void anExperimentsAnswerIsTheSameAsAPersons() {
    Prompt prompt = prompt("The same question");
    Recorder person =
        start(generator, List.of(request(prompt, sampling(0.8, 5, 20)))).get(0).awaitEnd();
    Recorder experiment =
        start(
                generator,
                List.of(
                    new GenerationRequest(
                        prompt,
                        new int[0],
                        sampling(0.8, 5, 20),
                        false,
                        Priority.EXPERIMENT,
                        PromptRows.none())))
            .get(0)
            .awaitEnd();
    assertThat(experiment.ids()).isEqualTo(person.ids());
  }

  private static int cached(Recorder recorder) {
    List<GenerationEvent.Prefill> reading = recorder.all(GenerationEvent.Prefill.class);
    return reading.get(reading.size() - 1).cached();
  }

  private static Prompt prompt(String question) {
    return generator.prompt(List.of(user(question)));
  }
}
