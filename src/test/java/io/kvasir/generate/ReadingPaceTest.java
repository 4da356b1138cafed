package io.kvasir.generate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How much of a prompt is read between two steps of others. */
class ReadingPaceTest {
  private static final int ALONE = 128;
  private static final int STEPS = 5;
  private static final long MILLI = 1_000_000;

  private final ReadingPace pace = new ReadingPace(ALONE, STEPS);

  @Test
  void aPassTakesAsLongAsSoManySteps() {
    pace.stepped(10 * MILLI);
    pace.wasRead(20, 10 * MILLI + 20 * MILLI);
    assertThat(10 + pace.tokens(true)).isEqualTo(STEPS * 10);
  }

  @Test
  void behindALongContextFewerTokensAreReadAndTheOthersWaitNoLonger() {
    pace.stepped(10 * MILLI);
    for (int chunk = 0; chunk < 20; chunk++) {
      int tokens = pace.tokens(true);
      long costOfOne = MILLI + chunk * MILLI / 20;
      long nanos = 10 * MILLI + tokens * costOfOne;
      assertThat(nanos).as("pass %d", chunk).isLessThan(55 * MILLI + tokens * MILLI / 10);
      pace.wasRead(tokens, nanos);
    }
    assertThat(pace.tokens(true)).isBetween(19, 22);
  }

  @Test
  void nobodyWaitsWhileNobodyAnswers() {
    pace.stepped(10 * MILLI);
    pace.wasRead(20, 30 * MILLI);
    assertThat(pace.tokens(false)).isEqualTo(ALONE);
  }

  @Test
  void aSlowMomentNeverStopsAPromptAndAFastOneReadsNoMoreThanAlone() {
    assertThat(pace.tokens(true)).isEqualTo(ReadingPace.FIRST);
    pace.stepped(MILLI);
    pace.wasRead(2, 900 * MILLI);
    assertThat(pace.tokens(true)).isEqualTo(ReadingPace.LEAST);
    for (int chunk = 0; chunk < 40; chunk++) {
      pace.wasRead(100, 1);
    }
    assertThat(pace.tokens(true)).isEqualTo(ALONE);
  }
}
