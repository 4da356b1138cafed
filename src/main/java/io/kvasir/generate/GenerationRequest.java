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
 */
public record GenerationRequest(Prompt prompt, int[] opening, Sampling sampling, boolean watch) {
  private static final int[] NOTHING = {};

  /** An answer that the decoder begins by itself. */
  public GenerationRequest(Prompt prompt, Sampling sampling, boolean watch) {
    this(prompt, NOTHING, sampling, watch);
  }
}
