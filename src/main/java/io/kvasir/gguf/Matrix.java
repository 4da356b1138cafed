package io.kvasir.gguf;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Weights that are read a row at a time, so that no matrix ever lies in memory.
 *
 * @param rows outputs
 * @param columns inputs
 * @param source reads a row
 */
record Matrix(long rows, int columns, RowSource source) {
  /** Reads row {@code index} to the beginning of {@code into}. */
  @FunctionalInterface
  interface RowSource {
    void read(long index, float[] into) throws IOException;
  }

  static Matrix of(GgufFile file, GgufTensor tensor) {
    return new Matrix(
        tensor.rows(), tensor.columns(), (index, into) -> file.row(tensor, index, into));
  }

  /** The rows of each, one below the other; all have as many columns. */
  static Matrix stack(List<Matrix> parts) {
    long rows = parts.stream().mapToLong(Matrix::rows).sum();
    return new Matrix(
        rows,
        parts.get(0).columns,
        (index, into) -> {
          long within = index;
          for (Matrix part : parts) {
            if (within < part.rows) {
              part.source.read(within, into);
              return;
            }
            within -= part.rows;
          }
          throw new IndexOutOfBoundsException("row " + index + " of " + rows);
        });
  }

  /** The same with every weight multiplied. */
  Matrix times(double factor) {
    return factor == 1
        ? this
        : new Matrix(
            rows,
            columns,
            (index, into) -> {
              source.read(index, into);
              for (int column = 0; column < columns; column++) {
                into[column] = (float) (into[column] * factor);
              }
            });
  }

  /** Whether all weights are equal. Stops at the first row that differs. */
  boolean sameAs(Matrix other) throws IOException {
    if (rows != other.rows || columns != other.columns) {
      return false;
    }
    float[] mine = new float[columns];
    float[] theirs = new float[columns];
    for (long row = 0; row < rows; row++) {
      source.read(row, mine);
      other.source.read(row, theirs);
      if (!Arrays.equals(mine, theirs)) {
        return false;
      }
    }
    return true;
  }
}
