package io.kvasir.evidence;

import io.kvasir.contrast.PromptWriter;
import io.kvasir.generate.Generator;
import java.util.Arrays;

/**
 * The words that an answer was begun with for its decoder. A trace does not say whether it was, but
 * an answer that begins with such words goes on as if they had been given.
 */
final class GivenOpening {
  private GivenOpening() {}

  /** Its tokens; none if the answer begins otherwise, or is nothing else. */
  static int[] of(Generator generator, int[] answer) {
    int[] longest = {};
    for (String phrase : PromptWriter.openings()) {
      int[] tokens = generator.tokens(phrase);
      boolean begins =
          tokens.length < answer.length
              && Arrays.equals(tokens, Arrays.copyOf(answer, tokens.length));
      longest = begins && tokens.length > longest.length ? tokens : longest;
    }
    return longest;
  }
}
