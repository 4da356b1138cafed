package io.kvasir.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kvasir.attend.HeadProbe;
import io.kvasir.attend.MassProbe;
import io.kvasir.attend.ObservedRows;
import io.kvasir.attend.Rotation;
import io.kvasir.core.AttentionLayer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Searching stored keys gives a passage what the decoder's attention would give it. */
final class KeySearchTest {
  private static final int BEGIN = 5;
  private static final int PASSAGE = 21;
  private static final int QUESTION = 4;
  private static final int HEADS = 4;
  private static final int KV_HEADS = 2;
  private static final int SIZE = 8;
  private static final int LAYERS = 2;
  private static final MassProbe.Geometry GEOMETRY =
      new MassProbe.Geometry(HEADS, KV_HEADS, SIZE, AttentionLayer.alike(LAYERS, 10_000, SIZE));

  private final Random random = new Random(7);
  // Before rotation: of the beginning, the passage and the question, [token][kvHeads * size]
  private final float[][] keys = rows(BEGIN + PASSAGE + QUESTION, KV_HEADS * SIZE);
  private final float[][] queries = rows(QUESTION, HEADS * SIZE);

  @Test
  void aPassageInPlaceGetsTheScoreOfAFullReading() {
    double[][][] full = new double[LAYERS][HEADS][QUESTION];
    PassageKeys stored = PassageKeys.of(GEOMETRY, BEGIN, PASSAGE);
    QuestionStates states = QuestionStates.of(GEOMETRY, BEGIN, QUESTION);
    for (int layer = 0; layer < LAYERS; layer++) {
      new HeadProbe(
              GEOMETRY,
              new int[] {BEGIN, PASSAGE, QUESTION},
              List.of(
                  row ->
                      full[row.layer()][row.head()][row.position() - BEGIN - PASSAGE] =
                          row.partScores()[1]))
          .observe(reading(layer, BEGIN + PASSAGE, keys));
      stored.take(GEOMETRY, reading(layer, BEGIN + PASSAGE, keys));
      // The question behind the beginning alone, as a search reads it.
      float[][] without = Arrays.copyOf(keys, BEGIN + QUESTION);
      System.arraycopy(keys, BEGIN + PASSAGE, without, BEGIN, QUESTION);
      states.take(reading(layer, BEGIN, without));
    }
    KeySearch search = new KeySearch(GEOMETRY, List.of(stored), states);
    for (int layer = 0; layer < LAYERS; layer++) {
      for (int head = 0; head < HEADS; head++) {
        double[][] found = search.scores(states, layer, head, List.of(0)).placed();
        for (int row = 0; row < QUESTION; row++) {
          assertThat(found[row][0]).isCloseTo(full[layer][head][row], within(1e-4));
        }
      }
    }
  }

  private ObservedRows reading(int layer, int position, float[][] plain) {
    float[][] rotated = new float[plain.length][];
    Rotation rotation = new Rotation(SIZE, 10_000);
    for (int token = 0; token < plain.length; token++) {
      rotated[token] = plain[token].clone();
      rotation.apply(rotated[token], token, 1);
    }
    float[][] asked = Arrays.stream(queries).map(float[]::clone).toArray(float[][]::new);
    return new ObservedRows(
        layer,
        position,
        asked,
        (head, token, target) ->
            System.arraycopy(rotated[token], head * SIZE, target, 0, target.length),
        (head, token, target) -> Arrays.fill(target, 0));
  }

  private float[][] rows(int count, int width) {
    float[][] rows = new float[count][width];
    for (float[] row : rows) {
      for (int i = 0; i < width; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return rows;
  }
}
