package io.kvasir.core;

import java.util.regex.Pattern;

/**
 * The name, on the wire and in traces, of a way to answer a question with the same decoder weights.
 * A trace may name one that this version does not have: an older or a newer one stored it.
 *
 * @param name lower case letters, digits and hyphens, 64 characters at most
 */
public record AnswerPath(String name) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  /** The question alone: what the weights know. */
  public static final AnswerPath CLOSED_BOOK = new AnswerPath("closed-book");

  /** The passages that retrieval ranked first are put into the prompt. */
  public static final AnswerPath RAG = new AnswerPath("rag");

  /** The scope's passages are put into the prompt whole, in document order; attention selects. */
  public static final AnswerPath ATTENTION = new AnswerPath("attention");

  /** Like rag, with the passages' keys and values from the database in place of their text. */
  public static final AnswerPath MEMORY = new AnswerPath("memory");

  /**
   * A name.
   *
   * @throws IllegalArgumentException if it is none
   */
  public AnswerPath {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a path: " + name);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
