package io.kvasir.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Circles and abstentions, which are told from the words alone. */
final class AnswerConductTest {
  @Test
  void fourWordsThreeTimesAreACircle() {
    String sentence = "The gulls sleep there, ";
    assertThat(Repetition.loops(sentence.repeat(2) + "and the cats.", "", "en")).isFalse();
    assertThat(Repetition.loops(sentence.repeat(3), "", "en")).isTrue();
    assertThat(Repetition.loops("the Gulls sleep THERE! " + sentence + sentence, "", "en"))
        .isTrue();
  }

  @Test
  void eightChineseCharactersThreeTimesAreACircle() {
    String eight = "海鸥在海边睡觉呢";
    assertThat(Repetition.loops((eight + "，").repeat(3), "", "zh")).isTrue();
    assertThat(Repetition.loops((eight + "，").repeat(2) + "海鸥在海边睡觉", "", "zh")).isFalse();
  }

  @Test
  void whatThePromptRepeatsMayBeQuoted() {
    String prompt = "Kubernetes is a trade mark of. ".repeat(3);
    assertThat(Repetition.loops(prompt, prompt, "en")).isFalse();
    assertThat(Repetition.loops(prompt, "Kubernetes is a trade mark of.", "en")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The documents do not say who built it.",
        "The passage doesn't mention a year, so I can't tell.",
        "It is not stated in the text.",
        "There is no information about that in the passages.",
        "I cannot answer this question from the documents.",
        "The answer is not provided.",
        "I'm sorry, but I don't have enough context to tell.",
        "The year cannot be determined from this.",
        "Unknown.",
        "It isn't explicitly mentioned.",
        "N/A",
        ""
      })
  void anAnswerThatSaysThatNothingIsSaidAbstains(String answer) {
    assertThat(Abstention.abstains(answer, "en")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "In 1066.",
        "The Normans did not speak Norse for long.",
        "None of the kings was crowned; Rollo was.",
        "Rollo. The passage does not say when he died.",
        "It was not until 1204 that France took it.",
        "Rollo did not find gold in Normandy.",
        "He was not given the crown.",
        "The Normans did not give up.",
        "Edward was not known for his patience."
      })
  void anAnswerThatSaysSomethingDoesNot(String answer) {
    assertThat(Abstention.abstains(answer, "en")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "文中没有提到这一点。, true",
    "资料未说明发布日期, true",
    "无法根据文档回答这个问题。, true",
    "不知道, true",
    "The passage does not mention it., true",
    "他没有参加战争。, false",
    "他没有说谎。, false",
    "军队不能确定位置。, false",
    "根据所给的文档，无法确定他的出生日期。, true",
    "出生日期不详。, true",
    "2023年3月14日, false",
    "不是北京，而是上海。, false"
  })
  void chineseAnswersAbstainInTheirOwnWords(String answer, boolean abstains) {
    assertThat(Abstention.abstains(answer, "zh")).isEqualTo(abstains);
  }

  @Test
  void abstainingIsRightWhereNothingAnswers() {
    assertThat(AnswerMeasures.of("The text does not say.", List.of(), false, "en"))
        .isEqualTo(Map.of(Measure.ABSTAINED, 1.0, Measure.EXACT_MATCH, 1.0, Measure.F1, 1.0));
    assertThat(AnswerMeasures.of("Rollo", List.of(), false, "en"))
        .isEqualTo(Map.of(Measure.ABSTAINED, 0.0, Measure.EXACT_MATCH, 0.0, Measure.F1, 0.0));
    assertThat(AnswerMeasures.of("Rollo", List.of("Rollo"), true, "en"))
        .isEqualTo(Map.of(Measure.CONTAINED, 1.0, Measure.EXACT_MATCH, 1.0, Measure.F1, 1.0));
    assertThat(AnswerMeasures.of("Rollo", List.of(), true, "en")).isEmpty();
  }
}
