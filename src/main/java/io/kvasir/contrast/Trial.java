package io.kvasir.contrast;

import io.kvasir.contrast.path.ReadingOrder;
import io.kvasir.core.AnswerDefaults;
import org.jspecify.annotations.Nullable;

/**
 * A question of an experiment: whose it is, and in what its answers differ from what a person gets.
 *
 * @param experiment its id
 * @param nearness share of the best passage's score that the others of rag need; null as usual
 * @param order in which rag reads its passages; null as usual
 * @param blankLine whether a passage ends with a blank line; null as usual
 * @param reranker what puts the first passages of the search in another order; null as usual
 */
public record Trial(
    String experiment,
    @Nullable Double nearness,
    @Nullable ReadingOrder order,
    @Nullable Boolean blankLine,
    @Nullable String reranker) {
  /** One that gets what a person gets. */
  public static Trial usual(String experiment) {
    return new Trial(experiment, null, null, null, null);
  }

  /** What its answers get where the question does not say. */
  AnswerDefaults over(AnswerDefaults usual) {
    return new AnswerDefaults(
        usual.passages(),
        nearness == null ? usual.nearness() : nearness,
        usual.bestLast(),
        blankLine == null ? usual.blankLine() : blankLine,
        usual.loopPenalty());
  }
}
