package io.kvasir.bench;

import io.kvasir.core.Sampling;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.GenerationRequest;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Priority;
import io.kvasir.generate.Prompt;
import io.kvasir.generate.PromptRows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Waits for the most probable answer to one prompt. */
final class ShortAnswer implements Consumer<GenerationEvent> {
  private final List<Integer> ids = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  private ShortAnswer() {}

  /** The answer, of at most so many tokens. Blocks. */
  static ShortAnswer to(Prompt prompt, int tokens, Generator generator) {
    return to(prompt, new int[0], PromptRows.none(), tokens, generator);
  }

  /** The same with an opening, and with some rows of the prompt from outside the cache. */
  static ShortAnswer to(
      Prompt prompt, int[] opening, PromptRows rows, int tokens, Generator generator) {
    ShortAnswer answer = new ShortAnswer();
    generator.start(
        List.of(
            new GenerationRequest(
                prompt,
                opening,
                Sampling.GREEDY.withMaxTokens(tokens),
                false,
                Priority.PERSON,
                rows)),
        List.of(answer));
    answer.end.join();
    return answer;
  }

  @Override
  public void accept(GenerationEvent event) {
    if (event instanceof GenerationEvent.Token token) {
      ids.add(token.id());
      text.append(token.text());
    } else if (event instanceof GenerationEvent.Finished finished) {
      text.append(finished.tail());
      end.complete(null);
    } else if (event instanceof GenerationEvent.Failed failed) {
      end.completeExceptionally(failed.problem());
    }
  }

  /** Its tokens. */
  int[] ids() {
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Its words. */
  String text() {
    return text.toString().strip();
  }
}
