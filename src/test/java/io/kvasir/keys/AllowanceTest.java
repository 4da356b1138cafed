package io.kvasir.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A limit a minute is never overdrawn, and comes back with the time. */
final class AllowanceTest {
  @Test
  void manyAtOnceTakeNoMoreThanThereIs() {
    Allowance allowance = new Allowance(1_000, 0);
    AtomicInteger taken = new AtomicInteger();

    IntStream.range(0, 10_000)
        .parallel()
        .forEach(
            one -> {
              if (allowance.take(7, 0) == 0) {
                taken.addAndGet(7);
              }
            });

    assertThat(taken.get()).isEqualTo(1_000 / 7 * 7);
  }

  @Test
  void whoWaitsAsLongAsToldIsServedAndNoSooner() {
    Allowance allowance = new Allowance(60, 0);
    assertThat(allowance.take(50, 0)).isZero();

    int seconds = allowance.take(40, 0);

    assertThat(seconds).isEqualTo(30);
    assertThat(allowance.take(40, TimeUnit.SECONDS.toNanos(seconds - 1))).isPositive();
    assertThat(allowance.take(40, TimeUnit.SECONDS.toNanos(seconds))).isZero();
  }

  @Test
  void whatComesBackCanBeTakenAgainButNeverMoreThanAMinutesWorth() {
    Allowance allowance = new Allowance(60, 0);
    assertThat(allowance.take(60, 0)).isZero();
    allowance.giveBack(45, 0);
    assertThat(allowance.take(45, 0)).isZero();
    allowance.giveBack(60, TimeUnit.MINUTES.toNanos(5));

    assertThat(allowance.take(60, TimeUnit.MINUTES.toNanos(5))).isZero();
    assertThat(allowance.take(0, TimeUnit.MINUTES.toNanos(5))).isEqualTo(1);
    assertThat(allowance.holds(61)).isFalse();
    assertThat(new Allowance(0, 0).holds(1_000_000)).isTrue();
  }
}
