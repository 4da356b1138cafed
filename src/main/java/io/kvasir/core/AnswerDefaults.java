package io.kvasir.core;

/**
 * What a decoder answers best with, measured; used where neither a question nor a setting says
 * otherwise.
 *
 * @param passages the most passages of rag
 * @param nearness share of the best passage's score that the others need
 * @param bestLast whether rag reads the best passage last, next to the question
 * @param blankLine whether a passage ends with a blank line, and not just with its line
 * @param opening how an answer from passages begins, but for one of a few words
 * @param loopPenalty as in {@link Sampling}
 */
public record AnswerDefaults(
    int passages,
    double nearness,
    boolean bestLast,
    boolean blankLine,
    AnswerOpening opening,
    double loopPenalty) {
  /** Those of a decoder of which nothing is known. */
  public static final AnswerDefaults SAFE =
      new AnswerDefaults(4, 0.95, false, true, AnswerOpening.PASSAGE, 3);
}
