package io.kvasir.generate;

import io.kvasir.core.Sampling;

/**
 * What to generate.
 *
 * @param prompt what to continue
 * @param opening tokens with which the answer begins, whatever the decoder would have chosen; they
 *     are tokens of the answer like those that follow them
 * @param sampling how to choose tokens
 * @param watch whether every token's attention is measured over the prompt's parts
 * @param priority who waits for it
 * @param rows of the prompt, from outside the cache or for somebody there
 */
public record GenerationRequest(
    Prompt prompt,
    int[] opening,
    Sampling sampling,
    boolean watch,
    Priority priority,
    PromptRows rows) {
  private static final int[] NOTHING = {};

  /** The same with rows from outside the cache. */
  public GenerationRequest with(PromptRows some) {
    return new GenerationRequest(prompt, opening, sampling, watch, priority, some);
  }

  /** What a person waits for, and the decoder begins by itself. */
  public GenerationRequest(Prompt prompt, Sampling sampling, boolean watch) {
    this(prompt, NOTHING, sampling, watch, Priority.PERSON, PromptRows.none());
  }
}
