package io.kvasir.contrast;

import java.time.Duration;

/**
 * What one contrast may take.
 *
 * @param k passages of the rag path, unless the question says otherwise
 * @param maxK the most a question may ask for
 * @param budget tokens of passages in a prompt, unless the question says otherwise
 * @param historyBudget tokens of earlier turns in a prompt
 * @param maxTokens the most tokens of an answer
 * @param questionCharacters the longest question
 * @param running the most contrasts at a time
 * @param reconnect how long a contrast goes on without a reader
 * @param keep how long the end of a contrast is tried to be kept while the store does not answer
 */
public record ContrastLimits(
    int k,
    int maxK,
    int budget,
    int historyBudget,
    int maxTokens,
    int questionCharacters,
    int running,
    Duration reconnect,
    Duration keep) {
  /** As OPERATING.md's table of settings has them. */
  public static final ContrastLimits DEFAULT =
      new ContrastLimits(
          4, 20, 2_048, 1_024, 1_024, 4_000, 32, Duration.ofSeconds(10), Duration.ofSeconds(300));
}
