package io.kvasir.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kvasir.core.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Tokens come as often as their probabilities say, and no others than those that may. */
final class SamplerTest {
  private static final int[] NO_PROMPT = {};

  /** Probabilities .5 .25 .15 .07 .03 at temperature 1. */
  private static final float[] LOGITS = logs(.5, .25, .15, .07, .03);

  @Test
  void drawsEachTokenAsOftenAsItIsProbable() {
    assertThat(frequencies(1, 1, 0, 0))
        .containsExactly(new double[] {.5, .25, .15, .07, .03}, within(.01));
  }

  @Test
  void temperatureSharpens() {
    // Squares at temperature .5.
    double sum = .25 + .0625 + .0225 + .0049 + .0009;
    assertThat(frequencies(.5, 1, 0, 0))
        .containsExactly(
            new double[] {.25 / sum, .0625 / sum, .0225 / sum, .0049 / sum, .0009 / sum},
            within(.01));
  }

  @Test
  void keepsTheNucleusTheBestAndTheProbable() {
    assertThat(drawn(1, .74, 0, 0)).containsExactly(0, 1);
    assertThat(drawn(1, .76, 0, 0)).containsExactly(0, 1, 2);
    assertThat(drawn(1, 1, 3, 0)).containsExactly(0, 1, 2);
    assertThat(drawn(1, 1, 0, .2)).containsExactly(0, 1, 2);
    assertThat(drawn(1, .6, 2, 0)).containsExactly(0);
    assertThat(drawn(1, 1e-9, 0, 0)).containsExactly(0);
  }

  @Test
  void greedyTakesTheFirstOfTheBest() {
    Sampler sampler = new Sampler(Sampling.GREEDY, NO_PROMPT);
    assertThat(next(sampler, new float[] {1, 3, 3, 2})).isEqualTo(1);
  }

  @Test
  void penalisesWhatWasSeenWithoutTouchingTheLogits() {
    Sampling penalising = Sampling.builder().repetitionPenalty(2).build();
    Sampler sampler = new Sampler(penalising, new int[] {0});
    float[] logits = {4, 3, -1};
    assertThat(next(sampler, logits)).isEqualTo(1);
    assertThat(next(sampler, logits)).isEqualTo(0);
    assertThat(logits).containsExactly(4, 3, -1);
    assertThat(new Sampler(penalising, new int[] {0}).choose(new float[] {-1, -1.5f}))
        .as("a negative logit grows more negative")
        .isEqualTo(1);
  }

  @Test
  void presenceCountsOnceAndFrequencyAsOftenAsATokenWasChosen() {
    // 1 is chosen until it has lost as much as it is ahead of 0: never what the prompt has.
    assertThat(greedy(0, .5, 6)).containsExactly(1, 1, 1, 0, 1, 0);
    assertThat(greedy(1.5, 0, 4)).containsExactly(1, 0, 1, 1);
    assertThat(greedy(.6, .4, 4)).containsExactly(1, 1, 0, 1);
  }

  @Test
  void aNegativePenaltyKeepsToWhatWasChosen() {
    Sampler sampler = new Sampler(penalised(0, -2), NO_PROMPT);
    assertThat(next(sampler, new float[] {1, 3, 2})).isEqualTo(1);
    assertThat(next(sampler, new float[] {1, 3, 4.5f})).isEqualTo(1);
    assertThat(next(sampler, new float[] {1, 3, 6.5f})).isEqualTo(1);
    assertThat(next(sampler, new float[] {1, 3, 9.5f})).isEqualTo(2);
  }

  @Test
  void penaltiesChangeWhatIsDrawn() {
    Sampler sampler =
        new Sampler(
            Sampling.builder().temperature(1).topK(2).frequencyPenalty(2).seed(5).build(),
            NO_PROMPT);
    int[] counts = new int[2];
    for (int i = 0; i < 100; i++) {
      counts[next(sampler, new float[] {0, 6})]++;
    }
    assertThat(counts[0]).as("what is seldom catches up").isBetween(45, 50);
  }

  /** What is chosen is part of the answer from then on. */
  private static int next(Sampler sampler, float[] logits) {
    int id = sampler.choose(logits);
    sampler.took(id, new byte[0]);
    return id;
  }

  private static List<Integer> greedy(double presence, double frequency, int tokens) {
    Sampler sampler = new Sampler(penalised(presence, frequency), new int[] {1, 1, 1});
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < tokens; i++) {
      chosen.add(next(sampler, new float[] {2, 3.2f}));
    }
    return chosen;
  }

  private static Sampling penalised(double presence, double frequency) {
    return Sampling.builder().presencePenalty(presence).frequencyPenalty(frequency).build();
  }

  @Test
  void theSameSeedDrawsTheSame() {
    Random random = new Random(5);
    Sampler one = new Sampler(sampling(1, .9, 40, .01, 77), NO_PROMPT);
    Sampler other = new Sampler(sampling(1, .9, 40, .01, 77), NO_PROMPT);
    for (int i = 0; i < 100; i++) {
      float[] logits = new float[500];
      for (int j = 0; j < logits.length; j++) {
        logits[j] = (float) random.nextGaussian() * 3;
      }
      assertThat(one.choose(logits)).isEqualTo(other.choose(logits.clone()));
    }
  }

  @Test
  void refusesLogitsThatAreNoNumbers() {
    float[] nonsense = {Float.NaN, Float.NaN};
    for (double temperature : new double[] {0, 1}) {
      Sampler sampler = new Sampler(sampling(temperature, 1, 0, 0, 1), NO_PROMPT);
      assertThatThrownBy(() -> next(sampler, nonsense)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void theLogProbabilityIsThatOfTheWholeDistribution() {
    Random random = new Random(6);
    float[] logits = new float[50_003];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextGaussian() * 4 + 900;
      sum += Math.exp(logits[i] - 900.0);
    }
    assertThat(LogProbability.of(logits, 17))
        .isCloseTo(logits[17] - 900.0 - Math.log(sum), within(1e-5));
    assertThat(LogProbability.of(LOGITS, 2)).isCloseTo(Math.log(.15), within(1e-6));
  }

  private static double[] frequencies(double temperature, double topP, int topK, double minP) {
    Sampler sampler = new Sampler(sampling(temperature, topP, topK, minP, 9), NO_PROMPT);
    int rounds = 40_000;
    double[] counts = new double[LOGITS.length];
    for (int i = 0; i < rounds; i++) {
      counts[next(sampler, LOGITS)] += 1.0 / rounds;
    }
    return counts;
  }

  private static Set<Integer> drawn(double temperature, double topP, int topK, double minP) {
    Sampler sampler = new Sampler(sampling(temperature, topP, topK, minP, 3), NO_PROMPT);
    Set<Integer> drawn = new TreeSet<>();
    for (int i = 0; i < 2_000; i++) {
      drawn.add(next(sampler, LOGITS));
    }
    return drawn;
  }

  private static Sampling sampling(
      double temperature, double topP, int topK, double minP, long seed) {
    return Sampling.builder()
        .temperature(temperature)
        .topP(topP)
        .topK(topK)
        .minP(minP)
        .seed(seed)
        .build();
  }

  private static float[] logs(double... probabilities) {
    float[] logits = new float[probabilities.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(probabilities[i]) + 3;
    }
    return logits;
  }
}
