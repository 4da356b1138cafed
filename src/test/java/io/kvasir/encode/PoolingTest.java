package io.kvasir.encode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The states of a text become one vector of unit length; padding has no part in it. */
final class PoolingTest {
  private static final float[][] STATES = {{3, 4}, {3, -4}, {100, 100}};

  @Test
  void theMeanIsOfTheTextsTokens() {
    assertThat(Pooling.MEAN.pool(STATES, 2)).containsExactly(1f, 0f);
  }

  @Test
  void theFirstIsTheEncodersMark() {
    assertThat(Pooling.FIRST.pool(STATES, 2)).containsExactly(0.6f, 0.8f);
  }

  @Test
  void whatHasNoLengthStaysWithoutRatherThanNotANumber() {
    assertThat(Pooling.MEAN.pool(new float[][] {{0, 0}}, 1)).containsExactly(0f, 0f);
  }
}
