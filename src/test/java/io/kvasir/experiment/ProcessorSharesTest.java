package io.kvasir.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kvasir.experiment.ProcessorShares.Share;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is under way at the same time shares what it takes, and nothing counts twice. */
final class ProcessorSharesTest {
  private static final long SECOND = 1_000_000_000L;
  private final AtomicLong taken = new AtomicLong(5 * SECOND);
  private final ProcessorShares shares = new ProcessorShares(taken::get);

  private void take(int seconds) {
    taken.addAndGet(seconds * SECOND);
  }

  @Test
  void whatOverlapsIsShared() {
    take(9);
    Share one = shares.begin();
    take(2);
    Share other = shares.begin();
    take(4);
    assertThat(one.end()).isCloseTo(2 + 2, within(1e-9));
    take(3);
    assertThat(other.end()).isCloseTo(2 + 3, within(1e-9));
  }

  @Test
  void thisProcessTakesTime() {
    Share one = ProcessorShares.ofProcess().begin();
    double sum = 0;
    for (int i = 1; i < 50_000_000; i++) {
      sum += Math.sqrt(i);
    }
    assertThat(sum).isPositive();
    assertThat(one.end()).isPositive();
  }
}
