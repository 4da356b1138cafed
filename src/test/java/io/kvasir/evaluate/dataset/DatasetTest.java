package io.kvasir.evaluate.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which questions of a dataset are asked. */
final class DatasetTest {
  private static final Dataset TEN = ten("A text.");

  private static Dataset ten(String text) {
    return new Dataset(
        "ten",
        "en",
        List.of(new SourceDocument("d", "", text)),
        IntStream.range(0, 10)
            .mapToObj(
                i -> new LabelledQuestion("q" + i, "What?", List.of("x"), i != 3, Map.of("d", 1)))
            .toList(),
        List.of());
  }

  private static String places(Dataset dataset) {
    StringBuilder places = new StringBuilder();
    dataset.questions().forEach(each -> places.append(each.id().substring(1)));
    return places.toString();
  }

  @Test
  void theHalvesShareNoQuestionAndAreAll() {
    assertThat(places(TEN.half(Half.CHOOSE))).isEqualTo("02468");
    assertThat(places(TEN.half(Half.REPORT))).isEqualTo("13579");
    assertThat(places(TEN.half(Half.of("all")))).isEqualTo("0123456789");
    assertThatThrownBy(() -> Half.of("both"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("choose, report or all");
  }

  @Test
  void aSampleIsTheSameForTheSameSeed() {
    assertThat(TEN.sample(4, 7)).isEqualTo(TEN.sample(4, 7));
    assertThat(TEN.sample(4, 7)).isNotEqualTo(TEN.sample(4, 8));
    assertThat(places(TEN.sample(4, 7))).hasSize(4).isEqualTo(sorted(TEN.sample(4, 7)));
    assertThat(TEN.sample(20, 7)).isEqualTo(TEN);
  }

  private static String sorted(Dataset dataset) {
    List<String> places = new ArrayList<>(List.of(places(dataset).split("")));
    places.sort(null);
    return String.join("", places);
  }

  @Test
  void questionsAreSpreadEvenly() {
    assertThat(places(TEN.spread(3))).isEqualTo("036");
    assertThat(TEN.spread(20)).isEqualTo(TEN);
    assertThat(places(TEN.first(2))).isEqualTo("01");
    assertThat(places(TEN.answerable())).isEqualTo("012456789");
    assertThat(TEN.located()).isEqualTo(TEN.answerable());
    LabelledQuestion nowhere = new LabelledQuestion("q", "What?", List.of("x"), true, Map.of());
    assertThat(TEN.withQuestions(List.of(nowhere)).located().questions()).isEmpty();
  }

  @Test
  void theBestDocumentHasTheHighestGrade() {
    Map<String, Integer> grades = new LinkedHashMap<>();
    grades.put("a", 1);
    grades.put("b", 3);
    grades.put("c", 3);
    LabelledQuestion question = new LabelledQuestion("q", "What?", List.of(), true, grades);
    assertThat(Dataset.best(question)).isEqualTo("b");
  }

  @Test
  void theChecksumIsOfTheContent() {
    assertThat(TEN.checksum()).hasSize(64).isEqualTo(ten("A text.").checksum());
    assertThat(new Dataset("other", "en", TEN.documents(), TEN.questions(), List.of()).checksum())
        .isEqualTo(TEN.checksum());
    assertThat(ten("Another text.").checksum()).isNotEqualTo(TEN.checksum());
    assertThat(TEN.first(9).checksum()).isNotEqualTo(TEN.checksum());
  }

  @Test
  void aMappingSaysWhichMeaningsThereAre() {
    assertThat(ColumnMapping.parse("question=Frage").question()).isEqualTo("Frage");
    assertThat(ColumnMapping.parse("question=Frage").answer()).isEqualTo("answer");
    for (String wrong : List.of("question", "frage=question", "question=", "=x")) {
      assertThatThrownBy(() -> ColumnMapping.parse(wrong))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("id, question, answer, context, title, document, answerable");
    }
  }
}
