package io.kvasir.bench;

import io.kvasir.attend.HeadProbe;
import io.kvasir.attend.MassProbe;
import io.kvasir.attend.ObservedRows;
import io.kvasir.attend.Rotation;
import java.util.Arrays;
import java.util.List;

/**
 * The query states of a question that was read without documents.
 *
 * @param geometry of the decoder
 * @param begin position of the first row
 * @param queries scaled and before their rotation: float[layers][rows][heads * headSize]
 * @param totals ln Σ e^score over what each row sees without documents: double[layers][heads][rows]
 */
record QuestionStates(
    MassProbe.Geometry geometry, int begin, float[][][] queries, double[][][] totals) {
  /** Room for so many rows. */
  static QuestionStates of(MassProbe.Geometry geometry, int begin, int rows) {
    int layers = geometry.layers().size();
    return new QuestionStates(
        geometry, begin, new float[layers][rows][], new double[layers][geometry.heads()][rows]);
  }

  /** Takes over one layer of the reading. */
  void take(ObservedRows rows) {
    float scale = (float) geometry.layers().get(rows.layer()).scale();
    for (int row = 0; row < rows.queries().length; row++) {
      float[] query = rows.queries()[row].clone();
      for (int i = 0; i < query.length; i++) {
        query[i] *= scale;
      }
      queries[rows.layer()][rows.position() - begin + row] = query;
    }
    // Rotates the rows in place, so it comes last.
    new HeadProbe(
            geometry,
            new int[] {rows.length()},
            List.of(
                seen -> totals[seen.layer()][seen.head()][seen.position() - begin] = seen.total()))
        .observe(rows);
  }

  /** How many rows there are. */
  int rows() {
    return queries[0].length;
  }

  /** The rows of one head, rotated to where they were read: float[rows][headSize]. */
  float[][] placed(int layer, int head) {
    int size = geometry.headSize();
    Rotation rotation = new Rotation(size, geometry.layers().get(layer).ropeBase());
    float[][] rotated = new float[rows()][];
    for (int row = 0; row < rotated.length; row++) {
      rotated[row] = Arrays.copyOfRange(queries[layer][row], head * size, (head + 1) * size);
      rotation.apply(rotated[row], begin + row, 1);
    }
    return rotated;
  }

  /** The mean of the rows of one layer before rotation: float[heads * headSize]. */
  float[] mean(int layer) {
    float[] mean = new float[queries[layer][0].length];
    for (float[] row : queries[layer]) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / rows();
      }
    }
    return mean;
  }
}
