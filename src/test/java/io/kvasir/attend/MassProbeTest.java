package io.kvasir.attend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kvasir.numeric.FastExponential;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fast way to a mass gives what its definition gives. */
final class MassProbeTest {
  private static final int HEADS = 6;
  private static final int KV_HEADS = 2;
  private static final int SIZE = 16;
  private static final int CONTEXT = 200;
  private static final double BASE = 10_000;

  private final Random random = new Random(4);

  @Test
  void equalsTheDefinitionTokenByToken() {
    int[] parts = {1, 20, 79, 50};
    MassProbe probe =
        new MassProbe(new MassProbe.Geometry(HEADS, KV_HEADS, SIZE, BASE), 2, parts, CONTEXT);
    float[][] keys = {normals(KV_HEADS * CONTEXT * SIZE), normals(KV_HEADS * CONTEXT * SIZE)};
    for (int length = 150; length < 190; length++) {
      double[] expected = new double[parts.length + 1];
      for (int layer = 0; layer < 2; layer++) {
        float[] queries = normals(HEADS * SIZE);
        for (int head = 0; head < HEADS; head++) {
          addNaively(expected, keys[layer], queries, head, length, parts);
        }
        probe.observe(layer, rows(keys[layer]), queries.clone(), length);
      }
      float[] masses = probe.masses();
      assertThat(masses).hasSize(parts.length + 1);
      double sum = 0;
      for (int part = 0; part < masses.length; part++) {
        assertThat((double) masses[part]).isCloseTo(expected[part] / (2 * HEADS), within(1e-6));
        sum += masses[part];
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void approximatesTheExponentialFunction() {
    for (float x = 0; x > -86; x -= 0.0137f) {
      assertThat(FastExponential.exp(x) / Math.exp(x)).isCloseTo(1, within(3e-7));
    }
    assertThat(FastExponential.exp(0)).isEqualTo(1);
    assertThat(FastExponential.exp(-200)).isZero();
    assertThat(FastExponential.exp(Float.NEGATIVE_INFINITY)).isZero();
  }

  @Test
  void watchesLayersFromTheMiddleOnUnlessToldOtherwise() {
    assertThat(WatchedLayers.spread(30)).containsExactly(15, 18, 20, 23, 25, 28);
    assertThat(WatchedLayers.spread(2)).containsExactly(1);
    assertThat(WatchedLayers.spread(1)).containsExactly(0);
    assertThat(WatchedLayers.choose(List.of(7, 3, 7), 10)).containsExactly(3, 7);
    assertThatThrownBy(() -> WatchedLayers.choose(List.of(10), 10))
        .hasMessageContaining("engine.watched-layers");
  }

  /** softmax(RoPE(q)·k/√d) in doubles, the rotation as a product of complex numbers. */
  private static void addNaively(
      double[] masses, float[] keys, float[] queries, int head, int length, int[] parts) {
    double[] rotated = new double[SIZE];
    for (int i = 0; i < SIZE / 2; i++) {
      double angle = (length - 1) / Math.pow(BASE, 2.0 * i / SIZE);
      double x = queries[head * SIZE + i];
      double y = queries[head * SIZE + i + SIZE / 2];
      rotated[i] = x * Math.cos(angle) - y * Math.sin(angle);
      rotated[i + SIZE / 2] = x * Math.sin(angle) + y * Math.cos(angle);
    }
    int kvHead = head / (HEADS / KV_HEADS);
    double[] weights = new double[length];
    double sum = 0;
    for (int j = 0; j < length; j++) {
      double score = 0;
      for (int i = 0; i < SIZE; i++) {
        score += rotated[i] * keys[(kvHead * CONTEXT + j) * SIZE + i];
      }
      weights[j] = Math.exp(score / Math.sqrt(SIZE));
      sum += weights[j];
    }
    int part = 0;
    int end = parts[0];
    for (int j = 0; j < length; j++) {
      while (j == end) {
        part++;
        end += part < parts.length ? parts[part] : CONTEXT;
      }
      masses[part] += weights[j] / sum;
    }
  }

  private static CachedRows rows(float[] keys) {
    return (head, position, target) ->
        System.arraycopy(keys, (head * CONTEXT + position) * SIZE, target, 0, SIZE);
  }

  private float[] normals(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian() * 1.5f;
    }
    return values;
  }
}
