package io.kvasir.gguf;

import static io.kvasir.gguf.GraphBuilder.number;

import io.kvasir.weights.GraphContract;
import io.kvasir.weights.ModelManifest;
import java.io.IOException;
import java.util.List;
import java.util.function.DoubleConsumer;
import onnx.Onnx.ModelProto;

/**
 * The graph of a decoder, as its contract says: what comes out beside logits, keys and values is
 * what attention is computed from afterwards, by whoever wants to see it.
 */
final class DecoderGraph {
  private static final long TO_THE_END = Integer.MAX_VALUE;

  private final DecoderShape shape;
  private final DecoderWeights weights;
  private final GraphBuilder graph;
  private final Projections projections;
  private final AttentionNodes attention;
  private final boolean fusedGate;
  private final GraphContract contract;

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
    this.attention = new AttentionNodes(shape, weights, graph, projections, options.attention());
  }

  /**
   * Builds the graph and writes its weights.
   *
   * @param progress gets the share that is written, 0 to 1
   */
  ModelProto build(DoubleConsumer progress) throws IOException {
    declare();
    attention.rotations();
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
        graph.normalise(residual, gain, shape.epsilon(), normed);
      } else {
        residual = addAndNormalise(residual, pending, gain, normed, name + ".attention.residual");
      }
      String attended = attention.attend(layer, name, normed);
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

  private String feedForward(int layer, String name, String normed) throws IOException {
    String gate = name + ".gate.rows";
    String up = name + ".up.rows";
    if (fusedGate) {
      Matrix both = Matrix.stack(List.of(weights.gate(layer), weights.up(layer)));
      String rows = projections.project(normed, name + ".gateup", both);
      String sizes = graph.constant(name + ".gateup.sizes", shape.inner(), shape.inner());
      graph.split(List.of(rows, sizes), List.of(gate, up), number("axis", -1L));
    } else {
      projections.project(normed, name + ".gate", weights.gate(layer));
      projections.project(normed, name + ".up", weights.up(layer));
    }
    graph.node("Sigmoid", List.of(gate), name + ".sigmoid");
    graph.node("Mul", List.of(gate, name + ".sigmoid"), name + ".silu");
    graph.node("Mul", List.of(name + ".silu", up), name + ".gated");
    return projections.project(name + ".gated", name + ".down", weights.down(layer));
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
    projections.multiply("last.rows", name, head, Projections.NO_BIAS, GraphContract.LOGITS);
  }
}
