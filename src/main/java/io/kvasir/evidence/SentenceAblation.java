package io.kvasir.evidence;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Sampling;
import io.kvasir.evidence.AnswerWithout.Stretch;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.GenerationRequest;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Priority;
import io.kvasir.generate.Prompt;
import io.kvasir.generate.PromptRows;
import io.kvasir.generate.ReadingRequest;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Leaves stretches out of a prompt: asks again without them, and reads the first answer with and
 * without.
 */
final class SentenceAblation {
  private final Generator generator;
  private final AnswerPath path;
  private final WrittenAnswer written;
  private final List<Stretch> left;
  private final Prompt shortened;

  /**
   * An ablation that has not begun.
   *
   * @throws io.kvasir.core.ProblemException INVALID if nothing is left out, or not of passages
   */
  SentenceAblation(
      Generator generator, AnswerPath path, WrittenAnswer written, List<Stretch> left) {
    this.generator = generator;
    this.path = path;
    this.written = written;
    this.left = left;
    this.shortened = ShortenedPrompt.of(generator, written, left);
  }

  /**
   * Finds it out. Blocks.
   *
   * @param sampling as the first answer was asked for
   */
  AnswerWithout run(Sampling sampling) {
    CompletableFuture<Answered> answered = answer(sampling.toBuilder().temperature(0).build());
    CompletableFuture<double[]> with = read(written.prompt());
    CompletableFuture<double[]> without = read(shortened.ids());
    Answered now = answered.join();
    double logprob = Arrays.stream(with.join()).sum();
    double lacking = Arrays.stream(without.join()).sum();
    return new AnswerWithout(
        path, left, now.text(), now.reason(), logprob, lacking, logprob - lacking);
  }

  private CompletableFuture<double[]> read(int[] prompt) {
    return generator.read(ReadingRequest.answer(prompt, written.answer(), null));
  }

  private CompletableFuture<Answered> answer(Sampling greedy) {
    CompletableFuture<Answered> answered = new CompletableFuture<>();
    StringBuilder text = new StringBuilder();
    Consumer<GenerationEvent> sink =
        event -> {
          if (event instanceof GenerationEvent.Token token) {
            text.append(token.text());
          } else if (event instanceof GenerationEvent.Finished finished) {
            text.append(finished.tail());
            answered.complete(new Answered(text.toString(), finished.reason().toString()));
          } else if (event instanceof GenerationEvent.Failed failed) {
            answered.completeExceptionally(failed.problem());
          }
        };
    generator.start(
        List.of(
            new GenerationRequest(
                shortened,
                GivenOpening.of(generator, written.answer()),
                greedy,
                false,
                Priority.PERSON,
                PromptRows.none())),
        List.of(sink));
    return answered;
  }

  private record Answered(String text, String reason) {}
}
