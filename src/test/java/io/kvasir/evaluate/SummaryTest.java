package io.kvasir.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an experiment says of its rows: means, intervals, differences on the same questions. */
final class SummaryTest {
  private static final List<Row> ROWS =
      List.of(row("rag"), row(Row.CLOSED_BOOK), row("attention"), row("not yet"));

  private static Row row(String name) {
    return new Row(name, name, Map.of());
  }

  private static Result result(String row, int question, boolean right, boolean cut) {
    Map<Measure, Double> values = new EnumMap<>(Measure.class);
    values.put(Measure.CONTAINED, right ? 1.0 : 0.0);
    values.put(Measure.CUT, cut ? 1.0 : 0.0);
    if (row.equals("rag")) {
      values.put(Measure.MRR, 0.5);
    }
    return new Result("q" + question, row, null, "answer", "end", values);
  }

  /** Of ten questions, rag is right in 0-5, closed in 0-1, attention in 4-7, cut in 8. */
  private static List<Result> results() {
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      results.add(result("rag", i, i < 6, i >= 6));
      results.add(result(Row.CLOSED_BOOK, i, i < 2, false));
      results.add(result("attention", i, i >= 4 && i < 8, i == 8));
    }
    return results;
  }

  @Test
  void everyRowHasItsMeansAndHowManyQuestionsTheyAreOf() {
    Summary summary = Summary.of(ROWS, results(), "rag");

    assertThat(summary.rows())
        .extracting(each -> each.row().name())
        .containsExactly("rag", "closed-book", "attention", "not yet");
    Estimate rag = summary.rows().get(0).all().get(Measure.CONTAINED);
    assertThat(rag.questions()).isEqualTo(10);
    assertThat(rag.mean().mean()).isCloseTo(.6, within(1e-9));
    assertThat(rag.mean().low()).isLessThan(.6);
    assertThat(rag.mean().high()).isGreaterThan(.6);
    assertThat(summary.rows().get(0).all()).containsKey(Measure.MRR);
    assertThat(summary.rows().get(1).all()).doesNotContainKey(Measure.MRR);
    assertThat(summary.rows().get(3).all()).isEmpty();
  }

  @Test
  void whatTheDecoderKnowsAnywayIsApart() {
    RowSummary rag = Summary.of(ROWS, results(), "rag").rows().get(0);

    assertThat(rag.known().get(Measure.CONTAINED))
        .satisfies(known -> assertThat(known.questions()).isEqualTo(2))
        .satisfies(known -> assertThat(known.mean().mean()).isEqualTo(1));
    assertThat(rag.unknown().get(Measure.CONTAINED))
        .satisfies(unknown -> assertThat(unknown.questions()).isEqualTo(8))
        .satisfies(unknown -> assertThat(unknown.mean().mean()).isEqualTo(.5));
    RowSummary alone = Summary.of(List.of(row("rag")), results(), "rag").rows().get(0);
    assertThat(alone.known()).isEmpty();
    assertThat(alone.unknown()).isEmpty();
  }

  @Test
  void differencesAreOfTheQuestionsThatBothRowsAnswered() {
    List<Result> results = new ArrayList<>(results());
    results.removeIf(each -> each.row().equals("attention") && each.question().equals("q0"));
    Summary summary = Summary.of(ROWS, results, "rag");

    assertThat(summary.rows().get(0).differences()).isEmpty();
    PairedDifference attention = summary.rows().get(2).differences().get(Measure.CONTAINED);
    assertThat(attention.pairs()).isEqualTo(9);
    assertThat(attention.difference().mean()).isCloseTo(-1.0 / 9, within(1e-9));
    assertThat(summary.rows().get(2).differences()).doesNotContainKey(Measure.MRR);
  }

  @Test
  void questionsThatMovedAreNamed() {
    Moves moves = Summary.of(ROWS, results(), "rag").moves().get(1);

    assertThat(moves.from()).isEqualTo("rag");
    assertThat(moves.to()).isEqualTo("attention");
    assertThat(moves.total()).isEqualTo(10);
    assertThat(moves.count(Outcome.RIGHT, Outcome.RIGHT)).isEqualTo(2);
    assertThat(moves.count(Outcome.RIGHT, Outcome.WRONG)).isEqualTo(4);
    assertThat(moves.count(Outcome.CUT, Outcome.RIGHT)).isEqualTo(2);
    assertThat(moves.count(Outcome.CUT, Outcome.CUT)).isEqualTo(1);
    assertThat(moves.moves()).hasSize(9);
    assertThat(
            moves.moves().stream()
                .filter(each -> each.before() == Outcome.CUT && each.after() == Outcome.WRONG)
                .flatMap(each -> each.questions().stream()))
        .containsExactly("q9");
  }

  @Test
  void resultsInAnotherOrderGiveTheSameNumbers() {
    List<Result> shuffled = new ArrayList<>(results());
    Collections.shuffle(shuffled, new Random(1));
    assertThat(Summary.of(ROWS, shuffled, "rag")).isEqualTo(Summary.of(ROWS, results(), "rag"));
  }

  @Test
  void whatIsUnanswerableIsRightWhenTheAnswerAbstains() {
    Result abstained =
        new Result("q", "rag", null, "It does not say.", "end", Map.of(Measure.ABSTAINED, 1.0));
    assertThat(Outcome.of(abstained)).isEqualTo(Outcome.RIGHT);
    assertThat(Outcome.of(new Result("q", "rag", null, "x", "end", Map.of()))).isNull();
  }

  @Test
  void aDifferenceIsClearWhereItIsAndNotWhereItIsChance() {
    SplittableRandom random = new SplittableRandom(5);
    double[] other = random.doubles(300).toArray();
    double[] noise =
        IntStream.range(0, 300).mapToDouble(i -> other[i] + (i % 2 == 0 ? .2 : -.2)).toArray();
    assertThat(PairedDifference.of(noise, other).p()).isGreaterThan(.05);
    double[] above = IntStream.range(0, 300).mapToDouble(i -> other[i] + .2).toArray();
    PairedDifference clear = PairedDifference.of(above, other);
    assertThat(clear.clear()).isTrue();
    assertThat(clear.p()).isEqualTo(.001);
    assertThat(clear.difference().mean()).isCloseTo(.2, within(1e-9));
    assertThat(PairedDifference.of(other, other))
        .isEqualTo(new PairedDifference(new Bootstrap(0, 0, 0), 1, 300));
  }

  /** Of many samples from one distribution, about one in twenty intervals leaves out 0. */
  @Test
  void theIntervalOfADifferenceHoldsTheTruthAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(6);
    int held = 0;
    for (int trial = 0; trial < 200; trial++) {
      double[] one = random.doubles(60).map(value -> value < .4 ? 1 : 0).toArray();
      double[] other = random.doubles(60).map(value -> value < .4 ? 1 : 0).toArray();
      held += PairedDifference.of(one, other).clear() ? 0 : 1;
    }
    assertThat(held).isBetween(180, 198);
  }
}
