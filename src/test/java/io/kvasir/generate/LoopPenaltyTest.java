package io.kvasir.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.Sampling;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What going on with a repetition costs. */
final class LoopPenaltyTest {
  private static final byte[] WORD = {'a'};
  private static final byte[] COLON = {':'};

  @Test
  void theLongerTheRepetitionTheMoreItCostsToGoOn() {
    assertThat(cost(4, 1, 2, 3, 4, 9, 2, 3)).as("two tokens").isZero();
    assertThat(cost(4, 1, 2, 3, 4, 9, 1, 2, 3)).as("three tokens").isEqualTo(0.8f, within());
    assertThat(cost(5, 1, 2, 3, 4, 5, 9, 1, 2, 3, 4)).isEqualTo(0.8f * 1.75f, within());
    assertThat(cost(6, 1, 2, 3, 4, 9, 1, 2, 3)).as("anything else").isZero();
  }

  @Test
  void aLabelMayBeSaidAgain() {
    LoopPenalty penalty = new LoopPenalty(0.8);
    for (int round = 0; round < 2; round++) {
      penalty.add(1, WORD);
      penalty.add(2, WORD);
      penalty.add(3, COLON);
    }
    float[] logits = new float[4];
    penalty.add(1, WORD);
    penalty.add(2, WORD);
    penalty.apply(logits);
    assertThat(logits).containsOnly(0);
  }

  @Test
  void greedyAnswersLeaveACircleToo() {
    Sampler sampler =
        new Sampler(Sampling.builder().loopPenalty(2.0).build(), new int[] {0, 1, 2, 0, 1, 2});
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      // The circle 0, 1, 2 is ahead of the way out by a little.
      float[] logits = {0, 0, 0, 1.5f};
      logits[i % 3] = 3;
      int id = sampler.choose(logits);
      sampler.took(id, WORD);
      said.append(id);
      if (id == 3) {
        break;
      }
    }
    assertThat(said).as("the prompt's circles cost nothing").startsWith("012012").endsWith("3");
  }

  private static float cost(int next, int... answer) {
    LoopPenalty penalty = new LoopPenalty(0.8);
    for (int id : answer) {
      penalty.add(id, WORD);
    }
    float[] logits = new float[10];
    penalty.apply(logits);
    return -logits[next];
  }

  private static Offset<Float> within() {
    return Offset.offset(1e-6f);
  }
}
