package io.kvasir.gguf;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The matrices and vectors of a decoder as its graph wants them: projections that are computed
 * together stacked, the rows of queries and keys in the order of rotary halves, and what a family
 * multiplies by in the weights themselves, so that a pass costs no more for it. Everything is
 * checked to be there, in the right size, and nothing beside it, before a weight is read.
 */
final class DecoderWeights {
  static final String EMBEDDING = "token_embd.weight";
  private static final String HEAD = "output.weight";
  private static final String LAST_NORM = "output_norm.weight";
  private static final String QUERY_NORM = "attn_q_norm.weight";
  private static final String KEY_NORM = "attn_k_norm.weight";

  private final GgufFile file;
  private final DecoderShape shape;

  DecoderWeights(GgufFile file, DecoderShape shape) {
    this.file = file;
    this.shape = shape;
    check();
  }

  /** {@code [vocabulary, hidden]}. */
  Matrix embedding() {
    return Matrix.of(file, tensor(EMBEDDING)).times(shape.multipliers().embedding());
  }

  /** {@code [vocabulary, hidden]}: the embedding where the file has no matrix of its own. */
  Matrix head() {
    return Matrix.of(file, file.tensor(HEAD).orElseGet(() -> tensor(EMBEDDING)));
  }

  /** Whether the output projection is the embedding: left out, or there as a copy. */
  boolean tied() throws IOException {
    if (file.tensor(HEAD).isEmpty()) {
      return true;
    }
    return Matrix.of(file, tensor(EMBEDDING)).sameAs(head());
  }

  /** {@code [heads.width(), hidden]}: queries, keys, values. */
  Matrix qkv(int layer) {
    return Matrix.stack(
        List.of(
            rotaryHalves(layer, "attn_q.weight", shape.heads().query()),
            rotaryHalves(layer, "attn_k.weight", shape.heads().keyValue()),
            Matrix.of(file, tensor(name(layer, "attn_v.weight")))));
  }

  /** Biases in the order of {@link #qkv}; empty if the layer has none. */
  float[] qkvBias(int layer) throws IOException {
    if (file.tensor(name(layer, "attn_q.bias")).isEmpty()) {
      return new float[0];
    }
    float[] bias = new float[shape.heads().width()];
    float[] query = rotaryHalves(vector(name(layer, "attn_q.bias")));
    float[] key = rotaryHalves(vector(name(layer, "attn_k.bias")));
    float[] value = vector(name(layer, "attn_v.bias"));
    System.arraycopy(query, 0, bias, 0, query.length);
    System.arraycopy(key, 0, bias, query.length, key.length);
    System.arraycopy(value, 0, bias, query.length + key.length, value.length);
    return bias;
  }

  /** {@code [headSize]}: of every query, where the family has one. */
  float[] queryNorm(int layer) throws IOException {
    return rotaryHalves(vector(name(layer, QUERY_NORM)));
  }

  /** {@code [headSize]}: of every key, where the family has one. */
  float[] keyNorm(int layer) throws IOException {
    return rotaryHalves(vector(name(layer, KEY_NORM)));
  }

  /** {@code [hidden, heads * headSize]}. */
  Matrix attentionOutput(int layer) {
    return Matrix.of(file, tensor(name(layer, "attn_output.weight")))
        .times(shape.multipliers().residual());
  }

  /** {@code [inner, hidden]}. */
  Matrix gate(int layer) {
    return Matrix.of(file, tensor(name(layer, "ffn_gate.weight")));
  }

  /** {@code [inner, hidden]}. */
  Matrix up(int layer) {
    return Matrix.of(file, tensor(name(layer, "ffn_up.weight")));
  }

  /** {@code [hidden, inner]}. */
  Matrix down(int layer) {
    return Matrix.of(file, tensor(name(layer, "ffn_down.weight")))
        .times(shape.multipliers().residual());
  }

  /** {@code [hidden]}: before attention. */
  float[] attentionNorm(int layer) throws IOException {
    return vector(name(layer, "attn_norm.weight"));
  }

  /** {@code [hidden]}: before the feed-forward network. */
  float[] feedForwardNorm(int layer) throws IOException {
    return vector(name(layer, "ffn_norm.weight"));
  }

  /**
   * {@code [hidden]}: before the logits, which are multiplied through it; a head that is the
   * embedding was multiplied as such already.
   */
  float[] lastNorm() throws IOException {
    float[] gain = vector(LAST_NORM);
    double embedding = shape.multipliers().embedding();
    double logits = shape.multipliers().logits() / (embedding == 1 || !tied() ? 1 : embedding);
    for (int index = 0; index < gain.length; index++) {
      gain[index] = (float) (gain[index] * logits);
    }
    return gain;
  }

  static ProblemException missing(String tensor) {
    return new ProblemException(Kind.INVALID, "The file lacks the tensor " + tensor + ".");
  }

  private Matrix rotaryHalves(int layer, String suffix, int heads) {
    Matrix matrix = Matrix.of(file, tensor(name(layer, suffix)));
    assert matrix.rows() == (long) heads * shape.heads().size();
    return new Matrix(
        matrix.rows(),
        matrix.columns(),
        (row, into) -> matrix.source().read(sourceRow((int) row), into));
  }

  private float[] rotaryHalves(float[] rows) {
    float[] moved = new float[rows.length];
    for (int row = 0; row < rows.length; row++) {
      moved[row] = rows[sourceRow(row)];
    }
    return moved;
  }

  private int sourceRow(int row) {
    return shape.family().sourceRow(row, shape.heads().size());
  }

  private float[] vector(String name) throws IOException {
    GgufTensor tensor = tensor(name);
    float[] values = new float[tensor.columns()];
    file.row(tensor, 0, values);
    return values;
  }

  private void check() {
    Set<String> known = new HashSet<>();
    int vocabulary = shape.sizes().vocabulary();
    int hidden = shape.sizes().hidden();
    expect(known, EMBEDDING, vocabulary, hidden);
    expect(known, LAST_NORM, 1, hidden);
    if (file.tensor(HEAD).isPresent()) {
      expect(known, HEAD, vocabulary, hidden);
    }
    int queries = shape.heads().query() * shape.heads().size();
    int keys = shape.heads().keyValue() * shape.heads().size();
    for (int layer = 0; layer < shape.layers().size(); layer++) {
      expect(known, name(layer, "attn_norm.weight"), 1, hidden);
      expect(known, name(layer, "ffn_norm.weight"), 1, hidden);
      expect(known, name(layer, "attn_q.weight"), queries, hidden);
      expect(known, name(layer, "attn_k.weight"), keys, hidden);
      expect(known, name(layer, "attn_v.weight"), keys, hidden);
      if (file.tensor(name(layer, "attn_q.bias")).isPresent()) {
        expect(known, name(layer, "attn_q.bias"), 1, queries);
        expect(known, name(layer, "attn_k.bias"), 1, keys);
        expect(known, name(layer, "attn_v.bias"), 1, keys);
      }
      if (shape.family().normalisesHeads()) {
        expect(known, name(layer, QUERY_NORM), 1, shape.heads().size());
        expect(known, name(layer, KEY_NORM), 1, shape.heads().size());
      }
      expect(known, name(layer, "attn_output.weight"), hidden, queries);
      expect(known, name(layer, "ffn_gate.weight"), shape.inner(), hidden);
      expect(known, name(layer, "ffn_up.weight"), shape.inner(), hidden);
      expect(known, name(layer, "ffn_down.weight"), hidden, shape.inner());
    }
    List<String> unknown = new ArrayList<>(file.tensors().keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new ProblemException(
          Kind.INVALID,
          "Tensor %s has no place in the architecture %s as Kvasir knows it; leaving it out would change the answers."
              .formatted(unknown.get(0), shape.family().architecture()));
    }
  }

  private void expect(Set<String> known, String name, int rows, int columns) {
    GgufTensor tensor = tensor(name);
    if (tensor.rows() != rows || tensor.columns() != columns) {
      throw new ProblemException(
          Kind.INVALID,
          "Tensor %s is [%d, %d]; by the metadata it has to be [%d, %d]."
              .formatted(name, tensor.rows(), tensor.columns(), rows, columns));
    }
    known.add(name);
  }

  private GgufTensor tensor(String name) {
    return file.tensor(name).orElseThrow(() -> missing(name));
  }

  private static String name(int layer, String suffix) {
    return "blk." + layer + "." + suffix;
  }
}
