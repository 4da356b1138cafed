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

  /** A rotation by a fixed number of positions: of many rows by the same. */
  public static Turn by(int headSize, double base, int positions, float scale) {
    Rotation rotation = new Rotation(headSize, base);
    float[] cosines = new float[rotation.half];
    float[] sines = new float[rotation.half];
    for (int i = 0; i < rotation.half; i++) {
      double angle = positions * rotation.frequencies[i];
      cosines[i] = (float) Math.cos(angle) * scale;
      sines[i] = (float) Math.sin(angle) * scale;
    }
    return new Turn(cosines, sines);
  }

  /**
   * Turns rows of one head.
   *
   * @param cosines of the angle of each pair of dimensions, times the scale
   * @param sines likewise
   */
  public record Turn(float[] cosines, float[] sines) {
    /** Turns a row in place: float[headSize]. */
    public void apply(float[] row) {
      int half = cosines.length;
      for (int i = 0; i < half; i++) {
        float x = row[i];
        float y = row[i + half];
        row[i] = x * cosines[i] - y * sines[i];
        row[i + half] = y * cosines[i] + x * sines[i];
      }
    }
  }
}
