package io.kvasir.onnx;

import io.kvasir.core.AttentionLayer;
import io.kvasir.gguf.GgufFile;
import io.kvasir.gguf.GgufTensor;
import io.kvasir.gguf.TinyGguf;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A decoder of a {@link TinyGguf} as its definition says, one token after the other, in double:
 * what a graph is held against. It knows nothing of the exporter but how to read a row.
 */
final class PlainForwardPass {
  private static final double EPSILON = 1e-5f;
  private static final int SIZE = TinyGguf.HEAD_SIZE;
  private static final int GROUP = TinyGguf.HEADS / TinyGguf.KV_HEADS;

  /**
   * What an architecture has of its own.
   *
   * @param neighbours whether dimension 2i turns with 2i + 1, not i with i + d/2
   * @param headNorms whether queries and keys are normalised before they turn
   * @param embedding what a token's row is multiplied by
   * @param residual what everything that is added to the stream is multiplied by
   * @param logits what logits are divided by
   */
  record Definition(
      boolean neighbours, boolean headNorms, double embedding, double residual, double logits) {
    Definition(boolean neighbours, boolean headNorms) {
      this(neighbours, headNorms, 1, 1, 1);
    }
  }

  private final GgufFile file;
  private final Definition definition;
  private final List<AttentionLayer> layers;
  // [layer][position][head][dimension]
  private final double[][][][] keys;
  private final double[][][][] values;

  /** What each head of each layer gave to each position, by the last token: [layer][head][j]. */
  final double[][][] attention = new double[TinyGguf.LAYERS][TinyGguf.HEADS][];

  private int length;

  PlainForwardPass(
      GgufFile file, Definition definition, List<AttentionLayer> layers, int capacity) {
    this.file = file;
    this.definition = definition;
    this.layers = layers;
    this.keys = new double[TinyGguf.LAYERS][capacity][][];
    this.values = new double[TinyGguf.LAYERS][capacity][][];
  }

  /** The logits behind one more token. */
  double[] next(int token) throws IOException {
    double[] x = scaled(row("token_embd.weight", token), definition.embedding());
    for (int layer = 0; layer < TinyGguf.LAYERS; layer++) {
      String name = "blk." + layer + ".";
      double[] normed = norm(x, row(name + "attn_norm.weight", 0));
      double[] attended = times(name + "attn_output.weight", attend(layer, name, normed));
      add(x, scaled(attended, definition.residual()));
      double[] inner = norm(x, row(name + "ffn_norm.weight", 0));
      double[] gate = times(name + "ffn_gate.weight", inner);
      double[] up = times(name + "ffn_up.weight", inner);
      for (int i = 0; i < gate.length; i++) {
        gate[i] *= up[i] / (1 + Math.exp(-gate[i]));
      }
      add(x, scaled(times(name + "ffn_down.weight", gate), definition.residual()));
    }
    length++;
    String head = file.tensor("output.weight").isPresent() ? "output.weight" : "token_embd.weight";
    return scaled(times(head, norm(x, row("output_norm.weight", 0))), 1 / definition.logits());
  }

  private double[] attend(int layer, String name, double[] x) throws IOException {
    double[][] queries = heads(name + "attn_q", x);
    double[][] newKeys = heads(name + "attn_k", x);
    if (definition.headNorms()) {
      normAll(queries, row(name + "attn_q_norm.weight", 0));
      normAll(newKeys, row(name + "attn_k_norm.weight", 0));
    }
    AttentionLayer how = layers.get(layer);
    rotate(queries, how.ropeBase());
    rotate(newKeys, how.ropeBase());
    keys[layer][length] = newKeys;
    values[layer][length] = heads(name + "attn_v", x);
    double[] out = new double[TinyGguf.HEADS * SIZE];
    for (int head = 0; head < TinyGguf.HEADS; head++) {
      double[] weights = softmax(layer, queries[head], head / GROUP, how);
      attention[layer][head] = weights;
      for (int j = 0; j <= length; j++) {
        for (int i = 0; i < SIZE; i++) {
          out[head * SIZE + i] += weights[j] * values[layer][j][head / GROUP][i];
        }
      }
    }
    return out;
  }

  private double[] softmax(int layer, double[] query, int kvHead, AttentionLayer how) {
    double[] weights = new double[length + 1];
    double sum = 0;
    for (int j = 0; j <= length; j++) {
      if (how.window() == 0 || length - j < how.window()) {
        double score = 0;
        for (int i = 0; i < SIZE; i++) {
          score += query[i] * keys[layer][j][kvHead][i];
        }
        weights[j] = Math.exp(how.scale() * score);
        sum += weights[j];
      }
    }
    for (int j = 0; j <= length; j++) {
      weights[j] /= sum;
    }
    return weights;
  }

  private double[][] heads(String name, double[] x) throws IOException {
    double[] all = times(name + ".weight", x);
    if (file.tensor(name + ".bias").isPresent()) {
      add(all, row(name + ".bias", 0));
    }
    double[][] heads = new double[all.length / SIZE][SIZE];
    for (int head = 0; head < heads.length; head++) {
      System.arraycopy(all, head * SIZE, heads[head], 0, SIZE);
    }
    return heads;
  }

  private void rotate(double[][] heads, double base) {
    for (double[] head : heads) {
      for (int i = 0; i < SIZE / 2; i++) {
        int one = definition.neighbours() ? 2 * i : i;
        int other = definition.neighbours() ? 2 * i + 1 : i + SIZE / 2;
        double angle = length / Math.pow(base, 2.0 * i / SIZE);
        double x = head[one];
        double y = head[other];
        head[one] = x * Math.cos(angle) - y * Math.sin(angle);
        head[other] = x * Math.sin(angle) + y * Math.cos(angle);
      }
    }
  }

  private static void normAll(double[][] heads, double[] gain) {
    for (int head = 0; head < heads.length; head++) {
      heads[head] = norm(heads[head], gain);
    }
  }

  private static double[] norm(double[] x, double[] gain) {
    double squares = 0;
    for (double value : x) {
      squares += value * value / x.length;
    }
    double[] normed = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      normed[i] = x[i] / Math.sqrt(squares + EPSILON) * gain[i];
    }
    return normed;
  }

  private static double[] scaled(double[] x, double factor) {
    return Arrays.stream(x).map(value -> value * factor).toArray();
  }

  private static void add(double[] to, double[] what) {
    for (int i = 0; i < to.length; i++) {
      to[i] += what[i];
    }
  }

  private double[] times(String name, double[] x) throws IOException {
    int rows = (int) file.tensor(name).orElseThrow().rows();
    double[] product = new double[rows];
    for (int index = 0; index < rows; index++) {
      double[] row = row(name, index);
      for (int i = 0; i < x.length; i++) {
        product[index] += row[i] * x[i];
      }
    }
    return product;
  }

  private double[] row(String name, int index) throws IOException {
    GgufTensor tensor = file.tensor(name).orElseThrow();
    float[] floats = new float[tensor.columns()];
    file.row(tensor, index, floats);
    double[] row = new double[floats.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = floats[i];
    }
    return row;
  }
}
