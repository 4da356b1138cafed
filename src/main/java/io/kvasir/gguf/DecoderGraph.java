package io.kvasir.gguf;

import static io.kvasir.gguf.GraphBuilder.number;

import io.kvasir.core.AttentionLayer;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.weights.GraphContract;
import io.kvasir.weights.ModelManifest;
import io.kvasir.weights.ModelManifest.Heads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto.DataType;

/**
 * The graph of a decoder, as its contract says: what comes out beside logits, keys and values is
 * what attention is computed from afterwards, by whoever wants to see it.
 */
final class DecoderGraph {
  private static final long TO_THE_END = Integer.MAX_VALUE;
  private static final float[] NO_BIAS = {};

  private final DecoderShape shape;
  private final DecoderWeights weights;
  private final GraphBuilder graph;
  private final Projections projections;
  private final boolean fusedGate;
  private final boolean halfAttention;
  private final GraphContract contract;
  // The tables of each rotation by their base: the first one's names have no number.
  private final Map<Double, String> rotations = new LinkedHashMap<>();

  DecoderGraph(
      DecoderShape shape,
      DecoderWeights weights,
      ExternalData data,
      ExportOptions options,
      ModelManifest manifest) {
    this.shape = shape;
    this.contract = new GraphContract(manifest, options.attention());
    this.weights = weights;
    this.graph = new GraphBuilder(data);
    this.projections = new Projections(graph, options.format());
    this.fusedGate = options.fusedGate();
    this.halfAttention = options.attention() == AttentionPrecision.FLOAT16;
  }

  /**
   * Builds the graph and writes its weights.
   *
   * @param progress gets the share that is written, 0 to 1
   */
  ModelProto build(DoubleConsumer progress) throws IOException {
    declare();
    rotations();
    Matrix embedding = weights.embedding();
    projections.store("embedding", embedding);
    String residual = projections.lookUp(GraphContract.TOKENS, "embedding", embedding, "embedded");
    String pending = null;
    for (int layer = 0; layer < shape.layers().size(); layer++) {
      // The embedding and the head weigh about as much as some layers; progress need not know.
      progress.accept((layer + 1.0) / (shape.layers().size() + 2));
      String name = "layer." + layer;
      String normed = name + ".attention.normed";
      String gain =
          graph.floats(
              name + ".attention.norm", weights.attentionNorm(layer), shape.sizes().hidden());
      if (pending == null) {
        normalise(residual, gain, normed);
      } else {
        residual = addAndNormalise(residual, pending, gain, normed, name + ".attention.residual");
      }
      String attended = attention(layer, name, normed);
      String inner = name + ".inner.normed";
      residual =
          addAndNormalise(
              residual,
              attended,
              graph.floats(
                  name + ".inner.norm", weights.feedForwardNorm(layer), shape.sizes().hidden()),
              inner,
              name + ".inner.residual");
      pending = feedForward(layer, name, inner);
    }
    String gain = graph.floats("last.norm", weights.lastNorm(), shape.sizes().hidden());
    addAndNormalise(
        residual, pending == null ? residual : pending, gain, "last.normed", "last.residual");
    head();
    progress.accept(1);
    return graph.model();
  }

  private void declare() {
    contract.inputs().forEach(graph::input);
    contract.outputs().forEach(graph::output);
    graph.constant("axis.new", 1);
    graph.constant("end", TO_THE_END);
    graph.constant("zero", 0);
    graph.node(
        "Shape",
        List.of(GraphContract.TOKENS),
        "new.count",
        number("start", 1L),
        number("end", 2L));
    firstOfLast(GraphContract.LOGIT_ROWS, "logits.begin");
    firstOfLast(GraphContract.OBSERVED_ROWS, "observed.begin");
  }

  /** Where the last rows begin: 0 rows are none, more than there are is all. */
  private void firstOfLast(String rows, String output) {
    graph.node("Sub", List.of("new.count", rows), output + ".signed");
    graph.node("Max", List.of(output + ".signed", "zero"), output);
  }

  private void rotations() throws IOException {
    for (AttentionLayer layer : shape.layers()) {
      double base = layer.ropeBase();
      if (!rotations.containsKey(base)) {
        String name = rotations.isEmpty() ? "rotary" : "rotary." + rotations.size();
        rotation(name, base);
        rotations.put(base, name);
      }
    }
  }

  /** {@code [context, headSize / 2]}: cosine and sine of every position's angles. */
  private void rotation(String name, double base) throws IOException {
    int size = shape.heads().size();
    int half = size / 2;
    int context = shape.sizes().context();
    float[] cosines = new float[context * half];
    float[] sines = new float[cosines.length];
    for (int pair = 0; pair < half; pair++) {
      // StrictMath, so that every machine writes the same bytes.
      double frequency = 1 / StrictMath.pow(base, 2.0 * pair / size);
      for (int position = 0; position < context; position++) {
        cosines[position * half + pair] = (float) StrictMath.cos(position * frequency);
        sines[position * half + pair] = (float) StrictMath.sin(position * frequency);
      }
    }
    table(name + ".cosines", cosines, context, half);
    table(name + ".sines", sines, context, half);
  }

  private void table(String name, float[] values, int rows, int columns) throws IOException {
    if (halfAttention) {
      graph.halves(name, values, rows, columns);
    } else {
      graph.floats(name, values, rows, columns);
    }
  }

  /** What attention gets or gives, in the precision of the other side; it may be the same. */
  private String cast(String input, int type) {
    return halfAttention
        ? graph.node("Cast", List.of(input), input + ".cast", number("to", (long) type))
        : input;
  }

  private String attention(int layer, String name, String normed) throws IOException {
    Matrix matrix = weights.qkv(layer);
    projections.store(name + ".qkv", matrix);
    String rows =
        projections.multiply(
            normed, name + ".qkv", matrix, weights.qkvBias(layer), name + ".qkv.rows");
    String qkv = shape.family().normalisesHeads() ? normaliseHeads(layer, name, rows) : rows;
    graph.node(
        "Slice", List.of(qkv, "observed.begin", "end", "axis.new"), GraphContract.observed(layer));
    String rotation = rotations.get(shape.layers().get(layer).ropeBase());
    String heads =
        graph.microsoft(
            "GroupQueryAttention",
            List.of(
                cast(qkv, DataType.FLOAT16_VALUE),
                "",
                "",
                GraphContract.pastKeys(layer),
                GraphContract.pastValues(layer),
                GraphContract.LENGTHS,
                GraphContract.TOTAL_LENGTH,
                rotation + ".cosines",
                rotation + ".sines"),
            List.of(
                name + ".heads",
                GraphContract.presentKeys(layer),
                GraphContract.presentValues(layer)),
            attributes(shape.layers().get(layer)));
    return project(
        cast(heads, DataType.FLOAT_VALUE), name + ".output", weights.attentionOutput(layer));
  }

  /** Every query and key by its own length; values as they are. */
  private String normaliseHeads(int layer, String name, String rows) throws IOException {
    Heads heads = shape.heads();
    long queries = (long) heads.query() * heads.size();
    long keys = (long) heads.keyValue() * heads.size();
    String query = name + ".query";
    String key = name + ".key";
    String value = name + ".value";
    String sizes = graph.constant(name + ".qkv.sizes", queries, keys, keys);
    graph.split(List.of(rows, sizes), List.of(query, key, value), number("axis", -1L));
    return graph.node(
        "Concat",
        List.of(
            normaliseHeads(query, heads.query(), weights.queryNorm(layer)),
            normaliseHeads(key, heads.keyValue(), weights.keyNorm(layer)),
            value),
        name + ".qkv.normed",
        number("axis", -1L));
  }

  private String normaliseHeads(String rows, int count, float[] gain) throws IOException {
    // 0: as large as it is.
    String apart = graph.constant(rows + ".apart", 0, 0, count, gain.length);
    String together = graph.constant(rows + ".together", 0, 0, (long) count * gain.length);
    graph.node("Reshape", List.of(rows, apart), rows + ".heads");
    normalise(rows + ".heads", graph.floats(rows + ".norm", gain, gain.length), rows + ".normed");
    return graph.node("Reshape", List.of(rows + ".normed", together), rows + ".rows");
  }

  private AttributeProto[] attributes(AttentionLayer layer) {
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(number("num_heads", shape.heads().query()));
    attributes.add(number("kv_num_heads", shape.heads().keyValue()));
    attributes.add(number("do_rotary", 1L));
    if (layer.window() > 0) {
      attributes.add(number("local_window_size", layer.window()));
    }
    if (layer.scale() != AttentionLayer.usualScale(shape.heads().size())) {
      attributes.add(number("scale", (float) layer.scale()));
    }
    return attributes.toArray(AttributeProto[]::new);
  }

  private String feedForward(int layer, String name, String normed) throws IOException {
    String gate = name + ".gate.rows";
    String up = name + ".up.rows";
    if (fusedGate) {
      Matrix both = Matrix.stack(List.of(weights.gate(layer), weights.up(layer)));
      String rows = project(normed, name + ".gateup", both);
      String sizes = graph.constant(name + ".gateup.sizes", shape.inner(), shape.inner());
      graph.split(List.of(rows, sizes), List.of(gate, up), number("axis", -1L));
    } else {
      project(normed, name + ".gate", weights.gate(layer));
      project(normed, name + ".up", weights.up(layer));
    }
    graph.node("Sigmoid", List.of(gate), name + ".sigmoid");
    graph.node("Mul", List.of(gate, name + ".sigmoid"), name + ".silu");
    graph.node("Mul", List.of(name + ".silu", up), name + ".gated");
    return project(name + ".gated", name + ".down", weights.down(layer));
  }

  /** Stores a matrix and multiplies by it; the output is {@code <name>.rows}. */
  private String project(String input, String name, Matrix matrix) throws IOException {
    projections.store(name, matrix);
    return projections.multiply(input, name, matrix, NO_BIAS, name + ".rows");
  }

  private void normalise(String input, String gain, String normed) {
    graph.node(
        "SimplifiedLayerNormalization",
        List.of(input, gain),
        normed,
        number("axis", -1L),
        number("epsilon", shape.epsilon()),
        number("stash_type", 1L));
  }

  private String addAndNormalise(
      String residual, String addend, String gain, String normed, String sum) {
    graph.microsoft(
        "SkipSimplifiedLayerNormalization",
        List.of(residual, addend, gain),
        List.of(normed, "", "", sum),
        number("epsilon", shape.epsilon()));
    return sum;
  }

  private void head() throws IOException {
    graph.node("Slice", List.of("last.normed", "logits.begin", "end", "axis.new"), "last.rows");
    Matrix head = weights.head();
    String name = "embedding";
    if (!weights.tied()) {
      name = "head";
      projections.store(name, head);
    }
    projections.multiply("last.rows", name, head, NO_BIAS, GraphContract.LOGITS);
  }
}
