package io.kvasir.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected values follow SQuAD's published evaluation rules, worked out by hand. */
final class AnswerScoreTest {
  @Test
  void articlesCaseAndPunctuationDoNotCount() {
    assertThat(AnswerScore.of("The Norman dynasty.", List.of("norman dynasty")))
        .isEqualTo(new AnswerScore(1, 1, 1));
  }

  @Test
  void wordsInCommonCountAsOftenAsTheyStandInBoth() {
    AnswerScore score = AnswerScore.of("in in the North Sea", List.of("in North Sea region"));

    assertThat(score.f1()).isCloseTo(2 * .75 * .75 / 1.5, within(1e-9));
    assertThat(score.exactMatch()).isZero();
    assertThat(score.contained()).isZero();
  }

  @Test
  void theBestGoldAnswerCounts() {
    assertThat(AnswerScore.of("10th century", List.of("in the 10th century", "10th century")))
        .isEqualTo(new AnswerScore(1, 1, 1));
  }

  @Test
  void aLongAnswerCanContainTheGoldOne() {
    AnswerScore score = AnswerScore.of("It was built in 1998, they say.", List.of("1998"));

    assertThat(score.contained()).isEqualTo(1);
    assertThat(score.f1()).isCloseTo(2 * (1.0 / 7) / (1 + 1.0 / 7), within(1e-9));
  }

  @Test
  void partOfAWordIsNotContained() {
    assertThat(AnswerScore.of("19981", List.of("1998")).contained()).isZero();
  }

  @Test
  void everyIdeographIsAWord() {
    AnswerScore score = AnswerScore.of("在鹿特丹附近。", List.of("鹿特丹"));

    assertThat(score.contained()).isEqualTo(1);
    assertThat(score.f1()).isCloseTo(2 * .5 * 1 / 1.5, within(1e-9));
  }

  @Test
  void nothingSaidScoresNothing() {
    assertThat(AnswerScore.of("", List.of("x"))).isEqualTo(new AnswerScore(0, 0, 0));
  }
}
