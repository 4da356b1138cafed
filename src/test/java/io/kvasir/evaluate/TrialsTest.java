package io.kvasir.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of several values the one is best whose answers are right, and end by themselves. */
final class TrialsTest {
  private final Trials trials = new Trials();

  private void answer(String value, String question, double contained, Map<Measure, Double> more) {
    Map<Measure, Double> measured = new java.util.EnumMap<>(Measure.class);
    measured.put(Measure.CONTAINED, contained);
    measured.put(Measure.F1, contained / 2);
    measured.putAll(more);
    trials.add(value, question, measured);
  }

  @Test
  void theBestIsWhatAnswersMoreAndTheFirstOfThoseThatAreAlike() {
    answer("4", "a", 1, Map.of());
    answer("4", "b", 0, Map.of());
    answer("2", "a", 1, Map.of());
    answer("2", "b", 1, Map.of());
    answer("8", "a", 1, Map.of());
    answer("8", "b", 1, Map.of());

    assertThat(trials.best()).isEqualTo("2");
    Trials.Trial best = trials.all().get("2");
    assertThat(best.worth().mean()).isEqualTo(0.75);
    assertThat(best.gain().difference().mean()).isEqualTo(0.375);
    assertThat(best.gain().pairs()).isEqualTo(2);
    assertThat(trials.all().get("4").gain().difference().mean()).isZero();
  }

  @Test
  void whatGoesInCirclesOrWasCutIsWorthNothing() {
    answer("honest", "a", 0.5, Map.of());
    answer("circles", "a", 1, Map.of(Measure.LOOPS, 1.0));
    answer("repeats", "a", 1, Map.of(Measure.REPEATED, 1.0));
    answer("cut", "a", 1, Map.of(Measure.CUT, 1.0));

    assertThat(trials.best()).isEqualTo("honest");
    assertThat(trials.all().get("cut").contained()).isEqualTo(1);
    assertThat(trials.all().get("repeats").circles()).isEqualTo(1);
  }

  @Test
  void questionsWithoutARightAnswerAreLeftOut() {
    trials.add("4", "a", Map.of(Measure.ABSTAINED, 1.0));
    assertThat(trials.questions()).isZero();

    answer("4", "b", 1, Map.of());
    assertThat(trials.questions()).isEqualTo(1);
  }
}
