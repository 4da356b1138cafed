package io.kvasir.generate;

import io.kvasir.core.PromptPart;
import io.kvasir.core.Sampling;
import io.kvasir.onnx.Recorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What tests ask a decoder of few slots, several at a time. */
final class BatchedRequests {
  static final int SLOTS = 4;
  static final int QUEUE = 3;
  static final EngineOptions OPTIONS =
      EngineOptions.DEFAULTS
          .withThreads(1)
          .withCache(SLOTS, 512)
          .withQueue(QUEUE)
          .withPasses(16, 4)
          .withDeadline(Duration.ofSeconds(30));

  private BatchedRequests() {}

  /** Other tests' prompts must not be in the cache where a test counts what is. */
  static void fillTheCacheWithNoise(BatchingGenerator generator) {
    List<GenerationRequest> noise = new ArrayList<>();
    for (int i = 0; i < SLOTS; i++) {
      noise.add(request(new int[] {200 + i, 3, 4}, sampling(0, 0, 1)));
    }
    start(generator, noise).forEach(Recorder::awaitEnd);
  }

  static List<Recorder> start(BatchingGenerator target, List<GenerationRequest> requests) {
    List<Recorder> recorders = requests.stream().map(request -> new Recorder()).toList();
    target.start(requests, recorders);
    return recorders;
  }

  static Message user(String text) {
    return Message.of(Message.Role.USER, PromptPart.Kind.QUESTION, text);
  }

  static GenerationRequest request(Prompt prompt, Sampling sampling) {
    return new GenerationRequest(prompt, sampling, false);
  }

  static GenerationRequest request(int[] ids, Sampling sampling) {
    Prompt prompt =
        new Prompt(ids, "", List.of(new PromptPart(PromptPart.Kind.QUESTION, ids.length, null)));
    return request(prompt, sampling);
  }

  static Sampling sampling(double temperature, long seed, int maxTokens) {
    return Sampling.builder().temperature(temperature).seed(seed).maxTokens(maxTokens).build();
  }
}
