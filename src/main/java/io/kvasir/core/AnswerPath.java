package io.kvasir.core;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A way to answer a question with the same decoder weights. Its wire name is its {@link
 * #toString()}.
 */
public enum AnswerPath {
  /** The question alone: what the weights know. */
  CLOSED_BOOK("closed-book"),
  /** The passages that retrieval ranked first are put into the prompt. */
  RAG("rag"),
  /** The scope's passages are put into the prompt whole, in document order; attention selects. */
  ATTENTION("attention");

  private final String wireName;

  AnswerPath(String wireName) {
    this.wireName = wireName;
  }

  /**
   * Finds a path by its wire name.
   *
   * @throws IllegalArgumentException naming the paths there are
   */
  public static AnswerPath of(String wireName) {
    for (AnswerPath path : values()) {
      if (path.wireName.equals(wireName)) {
        return path;
      }
    }
    throw new IllegalArgumentException(
        "unknown path '%s'; there are: %s"
            .formatted(
                wireName,
                Arrays.stream(values())
                    .map(AnswerPath::toString)
                    .collect(Collectors.joining(", "))));
  }

  @Override
  public String toString() {
    return wireName;
  }
}
