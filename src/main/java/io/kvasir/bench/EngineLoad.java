package io.kvasir.bench;

import io.kvasir.attend.HeadMasses;
import io.kvasir.attend.HeadProbe;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Sampling;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.generate.Generation;
import io.kvasir.generate.GenerationRequest;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Message;
import io.kvasir.generate.Prompt;
import io.kvasir.generate.ReadingRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What the engine's benches ask: prompts of words in a random order, of which nothing is in the
 * cache, and answers drawn as the product draws them.
 */
final class EngineLoad {
  /** Tokens of an answer that is measured. */
  static final int TOKENS = 48;

  /** A prompt after which the decoder says nothing worth measuring is replaced so often. */
  private static final int TRIES = 8;

  private final BatchingGenerator generator;
  private final Random random = new Random(1);
  private final int[] words;

  EngineLoad(BatchingGenerator generator) {
    this.generator = generator;
    Message text =
        Message.of(
            Message.Role.USER,
            PromptPart.Kind.QUESTION,
            "The harbour was full of small boats that had come in before the storm, and the people "
                + "on the quay counted them again and again, naming each by its owner and its port.");
    this.words = generator.prompt(List.of(text)).ids();
  }

  /** What answers. */
  BatchingGenerator generator() {
    return generator;
  }

  /** Words in a random order: nothing of it is in the cache. */
  Prompt prompt(int tokens) {
    return prompt(random.ints(tokens, 5, words.length - 5).map(place -> words[place]).toArray());
  }

  /** The same prompt with other last words, as another question over the same passages has. */
  Prompt withOtherEnd(Prompt prompt, int tokens) {
    int[] ids = prompt.ids().clone();
    int[] end = prompt(tokens).ids();
    System.arraycopy(end, 0, ids, ids.length - tokens, tokens);
    return prompt(ids);
  }

  /** The same prompt with more words behind it, as another turn has. */
  Prompt behind(Prompt prompt, int tokens) {
    int[] more = prompt(tokens).ids();
    int[] ids = Arrays.copyOf(prompt.ids(), prompt.ids().length + more.length);
    System.arraycopy(more, 0, ids, prompt.ids().length, more.length);
    return prompt(ids);
  }

  private static Prompt prompt(int[] ids) {
    return new Prompt(
        ids,
        "",
        List.of(
            new PromptPart(PromptPart.Kind.SINK, 1, null),
            new PromptPart(PromptPart.Kind.PASSAGE, ids.length - 1, null)));
  }

  /** Seconds from a request to its first token. */
  double firstTokenSeconds(Prompt prompt) {
    return play(List.of(request(prompt, 1, false))).get(0).firstTokenSeconds();
  }

  /** A prompt behind which the decoder writes a whole answer; it is in the cache then. */
  Prompt answered(int tokens) {
    for (int attempt = 1; ; attempt++) {
      Prompt prompt = prompt(tokens);
      if (play(List.of(request(prompt, TOKENS, false))).get(0).ids().length == TOKENS
          || attempt == TRIES) {
        return prompt;
      }
    }
  }

  /** A reading of an answer, which computes what every head of every layer saw at its tokens. */
  ReadingRequest reading(Prompt prompt, int[] answer) {
    Generator.Description decoder = generator.description();
    int[] lengths = prompt.parts().stream().mapToInt(PromptPart::tokens).toArray();
    lengths = Arrays.copyOf(lengths, lengths.length + 1);
    lengths[lengths.length - 1] = answer.length;
    boolean[] passages = new boolean[lengths.length];
    passages[1] = true;
    boolean[] wanted = new boolean[answer.length];
    Arrays.fill(wanted, true);
    HeadMasses masses =
        new HeadMasses(
            decoder.layers(), decoder.heads(), passages, prompt.ids().length - 1, wanted);
    return ReadingRequest.answer(
        prompt.ids(), answer, new HeadProbe(decoder.geometry(), lengths, List.of(masses)));
  }

  /** Starts all of them together and waits for their ends. */
  List<Stopwatch> play(List<GenerationRequest> requests) {
    List<Stopwatch> watches = watches(requests.size());
    generator.start(requests, watches);
    watches.forEach(Stopwatch::await);
    return watches;
  }

  /** Starts one and does not wait. */
  Generation start(GenerationRequest request, Stopwatch watch) {
    return generator.start(List.of(request), List.of(watch)).get(0);
  }

  private static List<Stopwatch> watches(int count) {
    List<Stopwatch> watches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      watches.add(new Stopwatch());
    }
    return watches;
  }

  /** The same request several times. */
  static List<GenerationRequest> copies(GenerationRequest request, int count) {
    return Collections.nCopies(count, request);
  }

  /** An answer as the product draws them; the same prompt gives the same answer. */
  static GenerationRequest request(Prompt prompt, int maxTokens, boolean watch) {
    return new GenerationRequest(
        prompt,
        Sampling.builder()
            .temperature(0.8)
            .topK(40)
            .seed(Arrays.hashCode(prompt.ids()))
            .maxTokens(maxTokens)
            .build(),
        watch);
  }
}
