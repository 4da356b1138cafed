package io.kvasir.gguf;

import static io.kvasir.gguf.GraphBuilder.number;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.TensorProto.DataType;

/**
 * Multiplications by stored matrices, and the look-up of embeddings, in one weight format. A matrix
 * that was stored can be used again under its name.
 */
final class Projections {
  static final float[] NO_BIAS = {};

  private static final int ZERO_POINT = 128;
  private static final int LARGEST = 127;

  /**
   * Added and taken away again it rounds to the nearest even, as Math.rint, in a tenth of its time.
   */
  private static final double WHOLE = 0x1.8p52;

  /** Int8 arithmetic: without it ONNX Runtime is 1.6 times slower. */
  private static final int ACCURACY_LEVEL = 4;

  private final GraphBuilder graph;
  private final WeightFormat format;

  Projections(GraphBuilder graph, WeightFormat format) {
    this.graph = graph;
    this.format = format;
  }

  /** Writes a matrix under a name. */
  void store(String name, Matrix matrix) throws IOException {
    if (format == WeightFormat.FLOAT32) {
      graph.streamed(
          name,
          DataType.FLOAT_VALUE,
          out -> writeFloats(matrix, out),
          matrix.rows(),
          matrix.columns());
      return;
    }
    int block = format.block();
    if (matrix.columns() % block != 0) {
      throw new ProblemException(
          Kind.INVALID,
          "The matrix %s has rows of %d weights, no multiple of the %d of %s."
              .formatted(name, matrix.columns(), block, format));
    }
    int blocks = matrix.columns() / block;
    byte[] scales = new byte[Math.toIntExact(matrix.rows() * blocks * Short.BYTES)];
    graph.streamed(
        name + ".quantised",
        DataType.UINT8_VALUE,
        out -> writeQuantised(matrix, out, ByteBuffer.wrap(scales)),
        matrix.rows(),
        blocks,
        block);
    // Half precision on disk; the cast is folded when the graph is loaded.
    graph.raw(name + ".scale16", DataType.FLOAT16_VALUE, scales, matrix.rows(), blocks);
    graph.node("Cast", List.of(name + ".scale16"), name + ".scale", number("to", 1L));
  }

  /**
   * {@code output [b,s,rows] = input [b,s,columns] · matrixᵀ + bias}.
   *
   * @param name of the stored matrix
   * @param bias of each row; empty for none
   */
  String multiply(String input, String name, Matrix matrix, float[] bias, String output)
      throws IOException {
    if (bias.length > 0) {
      graph.floats(name + ".bias", bias, bias.length);
    }
    if (format == WeightFormat.FLOAT32) {
      String product = bias.length > 0 ? output + ".product" : output;
      graph.microsoft("FusedMatMul", List.of(input, name), List.of(product), number("transB", 1L));
      return bias.length > 0
          ? graph.node("Add", List.of(product, name + ".bias"), output)
          : product;
    }
    List<String> inputs = new ArrayList<>(List.of(input, name + ".quantised", name + ".scale"));
    if (bias.length > 0) {
      inputs.addAll(List.of("", "", name + ".bias")); // no zero points, no group index
    }
    return graph.microsoft(
        "MatMulNBits",
        inputs,
        List.of(output),
        number("K", matrix.columns()),
        number("N", matrix.rows()),
        number("bits", 8L),
        number("block_size", format.block()),
        number("accuracy_level", ACCURACY_LEVEL));
  }

  /** Stores a matrix and multiplies by it; the output is {@code <name>.rows}. */
  String project(String input, String name, Matrix matrix) throws IOException {
    store(name, matrix);
    return multiply(input, name, matrix, NO_BIAS, name + ".rows");
  }

  /** {@code output [b,s,columns]}: the row of each id. */
  String lookUp(String ids, String name, Matrix matrix, String output) {
    if (format == WeightFormat.FLOAT32) {
      return graph.node("Gather", List.of(name, ids), output, number("axis", 0L));
    }
    graph.constant(name + ".shape", matrix.rows(), matrix.columns());
    graph.node("Reshape", List.of(name + ".quantised", name + ".shape"), name + ".flat");
    return graph.microsoft(
        "GatherBlockQuantized",
        List.of(name + ".flat", ids, name + ".scale"),
        List.of(output),
        number("bits", 8L),
        number("block_size", format.block()),
        number("gather_axis", 0L),
        number("quantize_axis", 1L));
  }

  private static void writeFloats(Matrix matrix, OutputStream out) throws IOException {
    float[] row = new float[matrix.columns()];
    ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long index = 0; index < matrix.rows(); index++) {
      matrix.source().read(index, row);
      bytes.clear();
      bytes.asFloatBuffer().put(row);
      out.write(bytes.array());
    }
  }

  private void writeQuantised(Matrix matrix, OutputStream out, ByteBuffer scales)
      throws IOException {
    scales.order(ByteOrder.LITTLE_ENDIAN);
    float[] row = new float[matrix.columns()];
    byte[] bytes = new byte[row.length];
    for (long index = 0; index < matrix.rows(); index++) {
      matrix.source().read(index, row);
      for (int begin = 0; begin < row.length; begin += format.block()) {
        scales.putShort(quantise(row, begin, format.block(), bytes));
      }
      out.write(bytes);
    }
  }

  /** Quantises a block; its scale in half precision. */
  private static short quantise(float[] row, int begin, int block, byte[] into) {
    float largest = 0;
    for (int at = begin; at < begin + block; at++) {
      float size = Math.abs(row[at]);
      if (size > largest) {
        largest = size;
      }
    }
    short stored = HalfFloat.fromFloat(largest / LARGEST);
    // Divided by the scale that is read back, not by the exact one: its rounding costs nothing.
    double scale = HalfFloat.toFloat(stored);
    for (int at = begin; at < begin + block; at++) {
      int quantised = scale == 0 ? 0 : (int) (row[at] / scale + WHOLE - WHOLE);
      into[at] = (byte) (ZERO_POINT + Math.max(-LARGEST, Math.min(LARGEST, quantised)));
    }
    return stored;
  }
}
