package io.kvasir.generate;

import io.kvasir.core.PromptPart;
import java.util.List;

/**
 * A tokenised prompt and what it is made of.
 *
 * @param ids token ids
 * @param text what they spell
 * @param parts in order; their tokens add up to the number of ids. The first is the sink
 */
public record Prompt(int[] ids, String text, List<PromptPart> parts) {
  public Prompt {
    parts = List.copyOf(parts);
    int tokens = parts.stream().mapToInt(PromptPart::tokens).sum();
    if (tokens != ids.length) {
      throw new IllegalArgumentException(
          "parts have %d tokens, the prompt %d".formatted(tokens, ids.length));
    }
  }

  /**
   * The place of the first token of a passage.
   *
   * @throws IllegalStateException if it has none
   */
  public int firstPassage() {
    int at = 0;
    for (PromptPart part : parts) {
      if (part.passageId() != null) {
        return at;
      }
      at += part.tokens();
    }
    throw new IllegalStateException("a prompt without passages");
  }
}
