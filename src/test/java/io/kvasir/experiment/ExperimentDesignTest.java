package io.kvasir.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.contrast.ContrastLimits;
import io.kvasir.contrast.Trial.PromptWording;
import io.kvasir.contrast.path.Paths;
import io.kvasir.core.AnswerOpening;
import io.kvasir.core.AnswerPath;
import io.kvasir.evaluate.Row;
import io.kvasir.experiment.ExperimentDesign.Ask;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every combination has one row where it makes a difference, and prompts are shared. */
final class ExperimentDesignTest {
  private final ExperimentDesign design = new ExperimentDesign(Paths.ALL);

  private List<Row> rows(List<String> paths, Map<Factor, List<String>> matrix) {
    return design.rows(paths, matrix, ContrastLimits.DEFAULT);
  }

  private static List<String> names(List<Row> rows) {
    return rows.stream().map(Row::name).toList();
  }

  @Test
  void aFactorHasRowsOnlyForThePathsThatItConcerns() {
    assertThat(
            names(
                rows(
                    List.of("closed-book", "rag", "oracle"),
                    Map.of(Factor.K, List.of("1", "4"), Factor.MODEL, List.of("a", "b")))))
        .containsExactly(
            "closed-book model=a",
            "closed-book model=b",
            "rag model=a k=1",
            "rag model=a k=4",
            "rag model=b k=1",
            "rag model=b k=4",
            "oracle model=a",
            "oracle model=b");
  }

  @Test
  void rowsOfTheSameSettingsAreAskedAtOnceAndTheOracleAlone() {
    List<Row> rows =
        rows(
            List.of("closed-book", "rag", "attention", "oracle"),
            Map.of(Factor.K, List.of("1", "4")));
    List<Ask> asks = design.asks(rows);

    assertThat(asks.stream().flatMap(ask -> ask.rows().stream()).sorted().toList())
        .isEqualTo(IntStream.range(0, rows.size()).boxed().toList());
    assertThat(asks).hasSize(3);
    assertThat(asks.get(0).paths())
        .containsExactly(AnswerPath.RAG, AnswerPath.CLOSED_BOOK, AnswerPath.ATTENTION);
    assertThat(asks.get(1).paths()).containsExactly(AnswerPath.RAG);
    assertThat(asks.get(2).oracle()).isTrue();
    assertThat(asks.get(2).paths()).containsExactly(AnswerPath.ATTENTION);
  }

  @Test
  void aSearchIsAskedAlone() {
    List<Row> rows =
        rows(
            List.of("rag", "search"),
            Map.of(Factor.K, List.of("1"), Factor.RANKING, List.of("fused", "words")));
    assertThat(names(rows))
        .containsExactly("rag k=1", "search ranking=fused", "search ranking=words");
    assertThat(design.asks(rows))
        .filteredOn(ask -> ask.way().kind() == Way.Kind.SEARCH)
        .hasSize(2)
        .allSatisfy(ask -> assertThat(ask.paths()).isEmpty());
  }

  @Test
  void decodersAreNeverMixed() {
    List<Ask> asks =
        design.asks(rows(List.of("closed-book", "rag"), Map.of(Factor.MODEL, List.of("a", "b"))));
    assertThat(asks).extracting(ask -> ask.settings().get(Factor.MODEL)).containsExactly("a", "b");
    assertThat(asks).allSatisfy(ask -> assertThat(ask.paths()).hasSize(2));
  }

  @Test
  void whatCannotBeAskedIsRefusedByName() {
    assertThatThrownBy(() -> rows(List.of(), Map.of())).hasMessageContaining("at least one path");
    assertThatThrownBy(() -> rows(List.of("ragg"), Map.of())).hasMessageContaining("ragg");
    assertThatThrownBy(() -> rows(List.of("search"), Map.of(Factor.RANKING, List.of("by heart"))))
        .hasMessageContaining("ranking is 'by heart'; it can be fused, meaning, words");
    assertThatThrownBy(() -> rows(List.of("rag"), Map.of(Factor.K, List.of("0"))))
        .hasMessageContaining("k is '0'; it can be a whole number from 1 to");
    assertThatThrownBy(() -> rows(List.of("rag"), Map.of(Factor.TEMPERATURE, List.of("hot"))))
        .hasMessageContaining("temperature is 'hot'");
    assertThatThrownBy(() -> rows(List.of("rag"), Map.of(Factor.ORDER, List.of("middle"))))
        .hasMessageContaining("order is 'middle'; it can be first, last, random");
    assertThatThrownBy(() -> rows(List.of("rag"), Map.of(Factor.NEARNESS, List.of("1.5"))))
        .hasMessageContaining("nearness is '1.5'; it can be 0 to 1");
    assertThatThrownBy(() -> rows(List.of("rag"), Map.of(Factor.PASSAGE_LENGTH, List.of("8"))))
        .hasMessageContaining("passage-length is '8'; it can be a whole number from 32 to");
    assertThatThrownBy(() -> Factor.named("kk")).hasMessageContaining("did you mean 'k'?");
  }

  @Test
  void aWordingIsAnEndOfPassagesAnOpeningOrOneOfEach() {
    assertThat(Factor.wording("line")).contains(new PromptWording(false, null));
    assertThat(Factor.wording("none")).contains(new PromptWording(null, AnswerOpening.NONE));
    assertThat(Factor.wording("blank-line+answer"))
        .contains(new PromptWording(true, AnswerOpening.ANSWER));
    for (String none : List.of("", "lines", "line+", "line+blank-line", "answer+passage")) {
      assertThat(Factor.wording(none)).as(none).isEmpty();
    }
  }

  @Test
  void aMatrixThatNoTableHoldsIsRefusedBeforeItIsMade() {
    Map<Factor, List<String>> matrix =
        Map.of(
            Factor.K, numbers(1, 50),
            Factor.BUDGET, numbers(1, 1_000),
            Factor.MAX_TOKENS, numbers(1, 1_000),
            Factor.MODEL, numbers(1, 1_000));
    assertThatThrownBy(() -> rows(List.of("rag"), matrix))
        .hasMessageContaining("more than the 64 rows");
  }

  private static List<String> numbers(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
  }
}
