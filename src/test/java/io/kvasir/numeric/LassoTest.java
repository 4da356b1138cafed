package io.kvasir.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LassoTest {
  @Test
  void attributesAsScikitLearnDoes() throws Exception {
    List<boolean[]> kept = new ArrayList<>();
    List<Double> logprobs = new ArrayList<>();
    double[] expected = {};
    for (String line : fixture()) {
      String[] fields = line.split(",", -1);
      if (fields[0].equals("mask")) {
        boolean[] mask = new boolean[fields.length - 2];
        for (int j = 0; j < mask.length; j++) {
          mask[j] = fields[j + 1].equals("1");
        }
        kept.add(mask);
        logprobs.add(Double.valueOf(fields[fields.length - 1]));
      } else if (fields[0].equals("weights")) {
        expected = Arrays.stream(fields).skip(1).mapToDouble(Double::parseDouble).toArray();
      }
    }
    double[] found =
        Lasso.attributions(
            kept.toArray(boolean[][]::new),
            logprobs.stream().mapToDouble(Double::doubleValue).toArray(),
            7);
    assertThat(kept).hasSize(24);
    assertThat(found).containsExactly(expected, within(1e-8));
  }

  @Test
  void aCertainAnswerHasAFiniteLogit() {
    assertThat(Lasso.logit(0)).isFinite().isGreaterThan(20);
    assertThat(Lasso.logit(-50)).isCloseTo(-50, within(1e-12));
  }

  private static List<String> fixture() throws Exception {
    try (InputStream stream = LassoTest.class.getResourceAsStream("/lasso.csv")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
