package io.kvasir.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The official evaluations' own values for pairs in answer-scores.jsonl, which answer-scores.py
 * made with them; the others are worked out by hand.
 */
final class AnswerScoreTest {
  @ParameterizedTest
  @MethodSource("officialScores")
  void scoresAsTheOfficialEvaluationsDo(JsonNode pair) {
    List<String> gold = new ArrayList<>();
    pair.get("gold").forEach(each -> gold.add(each.asText()));
    AnswerScore score =
        AnswerScore.of(pair.get("answer").asText(), gold, pair.get("language").asText());

    assertThat(score.exactMatch()).isEqualTo(pair.get("exact").asDouble());
    assertThat(score.f1()).isCloseTo(pair.get("f1").asDouble(), within(1e-12));
  }

  static List<JsonNode> officialScores() throws IOException {
    return JsonLines.of("/evaluate/answer-scores.jsonl");
  }

  @Test
  void articlesCaseAndPunctuationDoNotCount() {
    assertThat(AnswerScore.of("The Norman dynasty.", List.of("norman dynasty"), "en"))
        .isEqualTo(new AnswerScore(1, 1, 1));
  }

  @Test
  void wordsInCommonCountAsOftenAsTheyStandInBoth() {
    AnswerScore score = AnswerScore.of("in in the North Sea", List.of("in North Sea region"), "en");

    assertThat(score.f1()).isCloseTo(2 * .75 * .75 / 1.5, within(1e-9));
    assertThat(score.exactMatch()).isZero();
    assertThat(score.contained()).isZero();
  }

  @Test
  void theBestGoldAnswerCounts() {
    assertThat(AnswerScore.of("10th century", List.of("in the 10th century", "10th century"), "en"))
        .isEqualTo(new AnswerScore(1, 1, 1));
  }

  @Test
  void aLongAnswerCanContainTheGoldOne() {
    AnswerScore score = AnswerScore.of("It was built in 1998, they say.", List.of("1998"), "en");

    assertThat(score.contained()).isEqualTo(1);
    assertThat(score.f1()).isCloseTo(2 * (1.0 / 7) / (1 + 1.0 / 7), within(1e-9));
  }

  @Test
  void partOfAWordIsNotContained() {
    assertThat(AnswerScore.of("19981", List.of("1998"), "en").contained()).isZero();
  }

  @Test
  void everyChineseCharacterIsAWord() {
    AnswerScore score = AnswerScore.of("在鹿特丹附近。", List.of("鹿特丹"), "zh");

    assertThat(score.contained()).isEqualTo(1);
    assertThat(score.f1()).isCloseTo(2 * .5 * 1 / 1.5, within(1e-9));
  }

  @Test
  void nothingSaidScoresNothing() {
    assertThat(AnswerScore.of("", List.of("x"), "en")).isEqualTo(new AnswerScore(0, 0, 0));
  }
}
