package io.kvasir.evaluate;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The measures of what an answer says, each where it applies. */
public final class AnswerMeasures {
  private AnswerMeasures() {}

  /**
   * The values of one answer. Where nothing answers the question, abstaining is to give no answer,
   * which is what SQuAD 2.0 counts as right.
   *
   * @param answer what was said
   * @param gold answers; without one, only abstention can be judged, and only where it is right
   * @param answerable whether something answers the question
   * @param language of question and answer
   */
  public static Map<Measure, Double> of(
      String answer, List<String> gold, boolean answerable, String language) {
    Map<Measure, Double> values = new EnumMap<>(Measure.class);
    boolean abstained = Abstention.abstains(answer, language);
    if (!answerable) {
      values.put(Measure.ABSTAINED, abstained ? 1.0 : 0.0);
    }
    if (answerable && gold.isEmpty()) {
      return values;
    }
    AnswerScore score =
        answerable
            ? AnswerScore.of(answer, gold, language)
            : AnswerScore.of(abstained ? "" : answer, List.of(), language);
    values.put(Measure.EXACT_MATCH, score.exactMatch());
    values.put(Measure.F1, score.f1());
    if (answerable) {
      values.put(Measure.CONTAINED, score.contained());
    }
    return values;
  }
}
