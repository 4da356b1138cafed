package io.kvasir.contrast;

import io.kvasir.contrast.path.ReadingOrder;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.AnswerOpening;
import org.jspecify.annotations.Nullable;

/**
 * A question of an experiment: whose it is, and in what its answers differ from what a person gets.
 *
 * @param experiment its id
 * @param nearness share of the best passage's score that the others of rag need; null as usual
 * @param order in which rag reads its passages; null as usual
 * @param wording of its prompts
 * @param reranker what puts the first passages of the search in another order; null as usual
 */
public record Trial(
    String experiment,
    @Nullable Double nearness,
    @Nullable ReadingOrder order,
    PromptWording wording,
    @Nullable String reranker) {
  /**
   * What prompts can differ in.
   *
   * @param blankLine whether a passage ends with a blank line; null as usual
   * @param opening how answers from passages begin; null as usual
   */
  public record PromptWording(@Nullable Boolean blankLine, @Nullable AnswerOpening opening) {
    /** What a person gets. */
    public static final PromptWording USUAL = new PromptWording(null, null);
  }

  /** One that gets what a person gets. */
  public static Trial usual(String experiment) {
    return new Trial(experiment, null, null, PromptWording.USUAL, null);
  }

  /** What its answers get where the question does not say. */
  AnswerDefaults over(AnswerDefaults usual) {
    Boolean blankLine = wording.blankLine();
    AnswerOpening opening = wording.opening();
    return new AnswerDefaults(
        usual.passages(),
        nearness == null ? usual.nearness() : nearness,
        usual.bestLast(),
        blankLine == null ? usual.blankLine() : blankLine,
        opening == null ? usual.opening() : opening,
        usual.loopPenalty());
  }
}
