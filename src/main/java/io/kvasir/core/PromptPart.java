package io.kvasir.core;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of a prompt, or the answer after it, with one origin.
 *
 * @param kind its origin
 * @param tokens how many tokens long it is
 * @param passageId the passage it shows; null for other kinds
 */
public record PromptPart(Kind kind, int tokens, @Nullable Long passageId) {
  /** Where a part of a prompt comes from. The wire name is the lower case name. */
  public enum Kind {
    /** The first token, on which attention rests when it has nowhere else to go. */
    SINK,
    /** The chat template's own marks. */
    TEMPLATE,
    /** What the decoder is told to do. */
    INSTRUCTION,
    /** The user's words, this time or before. */
    QUESTION,
    /** A passage of a document. */
    PASSAGE,
    /** The decoder's words, this time or before. */
    ANSWER;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
