package io.kvasir.rerank;

import io.kvasir.contrast.PromptWriter;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Hit;
import io.kvasir.core.Passage;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.encode.Languages;
import io.kvasir.evidence.PassageAttention;
import io.kvasir.evidence.WrittenAnswer;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Generators;
import io.kvasir.generate.Prompt;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Reranks by what a decoder's own heads attend to (QRHead, 2506.09944): the passages and the
 * question are read once, and a passage's score is the attention of the question's tokens to it
 * under the heads that were detected to find passages, less that of a question without content over
 * the same passages. The best passage of the search is read last, next to the question.
 */
public final class HeadReranker implements Reranker {
  /** Tokens of the context that are left for everything but the passages. */
  private static final int OVERHEAD = 512;

  /** Tokens with which a passage is introduced. */
  private static final int INTRODUCTION = 32;

  private final Generators decoders;
  private final Executor worker;

  /**
   * A reranker by the default decoder.
   *
   * @param worker makes prompts; its threads may block
   */
  public HeadReranker(Generators decoders, Executor worker) {
    this.decoders = decoders;
    this.worker = worker;
  }

  @Override
  public String name() {
    return Hit.HEADS;
  }

  @Override
  public Future<List<Double>> scores(String question, List<Passage> passages) {
    return Future.fromCompletionStage(
            CompletableFuture.supplyAsync(
                    () -> read(decoders.loaded(null), question, passages), worker)
                .thenCompose(reading -> reading))
        .recover(failure -> Future.failedFuture(problem(failure)));
  }

  /** What went wrong, as it is and not as a stage hands it on. */
  private static Throwable problem(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private CompletionStage<List<Double>> read(
      Generator decoder, String question, List<Passage> passages) {
    if (decoder.description().bestHeads().isEmpty()) {
      throw new ProblemException(
          Kind.INVALID,
          "no heads of %s are known to find passages; find them with ./kvasir heads detect, and load it again"
              .formatted(decoder.description().name()));
    }
    List<Passage> fitting = fitting(decoder, question, passages);
    List<Passage> bestLast = new ArrayList<>(fitting);
    Collections.reverse(bestLast);
    Prompt prompt =
        decoder.prompt(
            new PromptWriter(Languages.detect(question), AnswerStyle.SHORT)
                .messages(bestLast, question));
    // Only the question is looked at; which token would follow does not matter.
    WrittenAnswer asked = new WrittenAnswer(question, prompt.ids(), prompt.parts(), new int[] {0});
    PassageAttention attention = new PassageAttention(decoder.description(), asked);
    int[] empty = PassageAttention.emptyQuestion(decoder, asked);
    return decoder
        .read(attention.ofAnswer())
        .thenCompose(read -> decoder.read(attention.ofEmptyQuestion(empty)))
        // Readings end on the inference thread, which has other things to do.
        .thenApplyAsync(
            read -> fitting.stream().map(each -> attention.byBestHeads(each.id())).toList(),
            worker);
  }

  /** As many of the first passages as the context holds, at least one. */
  private static List<Passage> fitting(Generator decoder, String question, List<Passage> passages) {
    int left = decoder.description().context() - OVERHEAD - decoder.countTokens(question);
    int count = 0;
    for (Passage passage : passages) {
      left -= decoder.countTokens(passage.value()) + INTRODUCTION;
      if (left < 0 && count > 0) {
        break;
      }
      count++;
    }
    return passages.subList(0, count);
  }
}
