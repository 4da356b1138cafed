package io.kvasir.gguf;

import static io.kvasir.gguf.GraphBuilder.number;

import io.kvasir.core.AttentionPrecision;
import java.io.IOException;
import java.util.List;
import java.util.function.DoubleConsumer;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto.DataType;

/**
 * The graph of a llama or qwen2 decoder. b sequences of s new tokens each come in, with the keys
 * and values of the tokens before them; out come the logits of the last rows, the keys and values
 * with those of the new tokens appended, and, of the last rows, each layer's queries, keys and
 * values before rotation: what attention is computed from afterwards, by whoever wants to see it.
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

  DecoderGraph(
      DecoderShape shape, DecoderWeights weights, ExternalData data, ExportOptions options) {
    this.shape = shape;
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
    String residual = projections.lookUp("input_ids", "embedding", embedding, "embedded");
    String pending = null;
    for (int layer = 0; layer < shape.layers(); layer++) {
      // The embedding and the head weigh about as much as some layers; progress need not know.
      progress.accept((layer + 1.0) / (shape.layers() + 2));
      String name = "layer." + layer;
      String normed = name + ".attention.normed";
      String gain =
          graph.floats(name + ".attention.norm", weights.attentionNorm(layer), shape.hidden());
      if (pending == null) {
        graph.node(
            "SimplifiedLayerNormalization",
            List.of(residual, gain),
            normed,
            number("axis", -1L),
            number("epsilon", shape.epsilon()),
            number("stash_type", 1L));
      } else {
        residual = addAndNormalise(residual, pending, gain, normed, name + ".attention.residual");
      }
      String attended = attention(layer, name, normed);
      String inner = name + ".inner.normed";
      residual =
          addAndNormalise(
              residual,
              attended,
              graph.floats(name + ".inner.norm", weights.feedForwardNorm(layer), shape.hidden()),
              inner,
              name + ".inner.residual");
      pending = feedForward(layer, name, inner);
    }
    String gain = graph.floats("last.norm", weights.lastNorm(), shape.hidden());
    addAndNormalise(
        residual, pending == null ? residual : pending, gain, "last.normed", "last.residual");
    head();
    progress.accept(1);
    return graph.model();
  }

  private void declare() {
    int cached = halfAttention ? DataType.FLOAT16_VALUE : DataType.FLOAT_VALUE;
    graph.input("input_ids", DataType.INT64_VALUE, "batch", "new");
    graph.input("seqlens_k", DataType.INT32_VALUE, "batch");
    graph.input("total_sequence_length", DataType.INT32_VALUE);
    graph.input("logit_rows", DataType.INT64_VALUE, 1);
    graph.input("observed_rows", DataType.INT64_VALUE, 1);
    graph.output("logits", DataType.FLOAT_VALUE, "batch", "logit_rows", shape.vocabulary());
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (String which : List.of("key", "value")) {
        graph.input(
            "past_key_values.%d.%s".formatted(layer, which),
            cached,
            "batch",
            shape.kvHeads(),
            "capacity",
            shape.headSize());
        graph.output(
            "present.%d.%s".formatted(layer, which),
            cached,
            "batch",
            shape.kvHeads(),
            "capacity",
            shape.headSize());
      }
      graph.output("qkv." + layer, DataType.FLOAT_VALUE, "batch", "observed_rows", shape.qkvRows());
    }
    graph.constant("axis.new", 1);
    graph.constant("end", TO_THE_END);
    graph.constant("zero", 0);
    graph.node("Shape", List.of("input_ids"), "new.count", number("start", 1L), number("end", 2L));
    firstOfLast("logit_rows", "logits.begin");
    firstOfLast("observed_rows", "observed.begin");
  }

  /** Where the last rows begin: 0 rows are none, more than there are is all. */
  private void firstOfLast(String rows, String output) {
    graph.node("Sub", List.of("new.count", rows), output + ".signed");
    graph.node("Max", List.of(output + ".signed", "zero"), output);
  }

  /** {@code [context, headSize / 2]}: cosine and sine of every position's angles. */
  private void rotations() throws IOException {
    int half = shape.headSize() / 2;
    float[] cosines = new float[shape.context() * half];
    float[] sines = new float[cosines.length];
    for (int pair = 0; pair < half; pair++) {
      // StrictMath, so that every machine writes the same bytes.
      double frequency = 1 / StrictMath.pow(shape.ropeBase(), 2.0 * pair / shape.headSize());
      for (int position = 0; position < shape.context(); position++) {
        cosines[position * half + pair] = (float) StrictMath.cos(position * frequency);
        sines[position * half + pair] = (float) StrictMath.sin(position * frequency);
      }
    }
    rotation("rotary.cosines", cosines);
    rotation("rotary.sines", sines);
  }

  private void rotation(String name, float[] table) throws IOException {
    int half = shape.headSize() / 2;
    if (halfAttention) {
      graph.halves(name, table, shape.context(), half);
    } else {
      graph.floats(name, table, shape.context(), half);
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
    String qkv =
        projections.multiply(
            normed, name + ".qkv", matrix, weights.qkvBias(layer), name + ".qkv.rows");
    graph.node("Slice", List.of(qkv, "observed.begin", "end", "axis.new"), "qkv." + layer);
    String heads =
        graph.microsoft(
            "GroupQueryAttention",
            List.of(
                cast(qkv, DataType.FLOAT16_VALUE),
                "",
                "",
                "past_key_values." + layer + ".key",
                "past_key_values." + layer + ".value",
                "seqlens_k",
                "total_sequence_length",
                "rotary.cosines",
                "rotary.sines"),
            List.of(name + ".heads", "present." + layer + ".key", "present." + layer + ".value"),
            number("num_heads", shape.heads()),
            number("kv_num_heads", shape.kvHeads()),
            number("do_rotary", 1L));
    return project(
        cast(heads, DataType.FLOAT_VALUE), name + ".output", weights.attentionOutput(layer));
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
    projections.multiply("last.rows", name, head, NO_BIAS, "logits");
  }
}
