package io.kvasir.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.Sampling;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What going on with a repetition costs. */
final class LoopPenaltyTest {
  private static final int[] NO_PROMPT = {};
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
  void whatThePromptSaysCanBeQuotedAgainAndIsLeftAtItsEnd() {
    LoopPenalty penalty = new LoopPenalty(0.8, new int[] {7, 1, 2, 3, 4, 7});
    for (int id : new int[] {1, 2, 3, 4, 9, 1, 2, 3}) {
      penalty.add(id, WORD);
    }
    float[] logits = new float[10];
    penalty.apply(logits);
    assertThat(logits).as("the prompt goes on with 4 too").containsOnly(0);
    penalty.add(4, WORD);
    penalty.apply(logits);
    assertThat(-logits[9]).as("but not with 9").isEqualTo(0.8f * 1.75f, within());
  }

  @Test
  void aWholeSentenceOfThePromptNeedNotBeSaidTwice() {
    int[] sentence = IntStream.rangeClosed(1, LoopPenalty.QUOTED + 2).toArray();
    LoopPenalty penalty = new LoopPenalty(0.8, sentence);
    for (int id : sentence) {
      penalty.add(id, WORD);
    }
    penalty.add(0, WORD);
    for (int id = 1; id <= LoopPenalty.QUOTED; id++) {
      penalty.add(id, WORD);
    }
    float[] logits = new float[LoopPenalty.QUOTED + 3];
    penalty.apply(logits);
    assertThat(-logits[LoopPenalty.QUOTED + 1]).isEqualTo(0.8f, within());
  }

  @Test
  void aLabelMayBeSaidAgain() {
    LoopPenalty penalty = new LoopPenalty(0.8, NO_PROMPT);
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
    Sampler sampler = new Sampler(Sampling.builder().loopPenalty(2.0).build(), NO_PROMPT);
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
    assertThat(said).asString().startsWith("012012").endsWith("3");
  }

  private static float cost(int next, int... answer) {
    LoopPenalty penalty = new LoopPenalty(0.8, NO_PROMPT);
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
