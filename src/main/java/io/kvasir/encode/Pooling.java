package io.kvasir.encode;

/** How the states of a text's tokens become one vector of unit length. */
public enum Pooling {
  /** The average over the text's tokens. */
  MEAN,
  /** The state of the first token, which is the encoder's own mark. */
  FIRST;

  /**
   * One embedding.
   *
   * @param states float[tokens][dimensions], padding included
   * @param tokens how many of them are the text's
   * @return float[dimensions], unit length
   */
  public float[] pool(float[][] states, int tokens) {
    int dimensions = states[0].length;
    double[] sum = new double[dimensions];
    int last = this == FIRST ? 1 : tokens;
    for (int token = 0; token < last; token++) {
      for (int i = 0; i < dimensions; i++) {
        sum[i] += states[token][i];
      }
    }
    double squares = 0;
    for (double value : sum) {
      squares += value * value;
    }
    // A zero vector stays one: dividing by its length would give NaN, which no index accepts.
    double length = squares > 0 ? Math.sqrt(squares) : 1;
    float[] unit = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      unit[i] = (float) (sum[i] / length);
    }
    return unit;
  }
}
