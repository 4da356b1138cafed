package io.kvasir.attend;

/**
 * Rotary position embedding by halves: dimension i turns with dimension i + headSize/2 by the angle
 * position · base^(-2i/headSize).
 */
public final class Rotation {
  private final int half;
  private final double[] frequencies;

  /** A rotation of heads of this size. */
  public Rotation(int headSize, double base) {
    this.half = headSize / 2;
    this.frequencies = new double[half];
    for (int i = 0; i < half; i++) {
      frequencies[i] = Math.pow(base, -2.0 * i / headSize);
    }
  }

  /**
   * Rotates every head of a row in place.
   *
   * @param row float[heads * headSize]
   * @param position in the sequence
   * @param scale multiplies every component
   */
  public void apply(float[] row, int position, float scale) {
    for (int i = 0; i < half; i++) {
      double angle = position * frequencies[i];
      float cos = (float) Math.cos(angle) * scale;
      float sin = (float) Math.sin(angle) * scale;
      for (int at = i; at < row.length; at += 2 * half) {
        float x = row[at];
        float y = row[at + half];
        row[at] = x * cos - y * sin;
        row[at + half] = y * cos + x * sin;
      }
    }
  }
}
