package io.kvasir.generate;

import io.kvasir.core.Sampling;

/**
 * What to generate.
 *
 * @param prompt what to continue
 * @param sampling how to choose tokens
 * @param watch whether every token's attention is measured over the prompt's parts
 * @param priority who waits for it
 */
public record GenerationRequest(
    Prompt prompt, Sampling sampling, boolean watch, Priority priority) {
  /** What a person waits for. */
  public GenerationRequest(Prompt prompt, Sampling sampling, boolean watch) {
    this(prompt, sampling, watch, Priority.PERSON);
  }
}
