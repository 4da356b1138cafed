package io.kvasir.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every text is in one batch, and none is padded past what pays. */
final class BatchesTest {
  @Test
  void everyTextIsInOneBatchAndNoneGrowsPastItsBound() {
    Random random = new Random(7);
    int[] lengths = random.ints(500, 0, 700).toArray();

    List<Integer> seen = new ArrayList<>();
    int padded = 0;
    for (int[] batch : Batches.of(lengths)) {
      int longest = Arrays.stream(batch).map(at -> lengths[at]).max().orElseThrow();
      assertThat(batch.length == 1 || batch.length * longest <= Batches.MAX_TOKENS).isTrue();
      padded += batch.length * longest;
      Arrays.stream(batch).forEach(seen::add);
    }

    assertThat(seen).hasSize(lengths.length).doesNotHaveDuplicates();
    assertThat(padded).isLessThan(Arrays.stream(lengths).sum() * 21 / 20);
  }

  @Test
  void noTextsAreNoBatches() {
    assertThat(Batches.of(new int[0])).isEmpty();
  }
}
