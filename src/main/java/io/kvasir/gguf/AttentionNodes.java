package io.kvasir.gguf;

import static io.kvasir.gguf.GraphBuilder.number;

import io.kvasir.core.AttentionLayer;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.weights.GraphContract;
import io.kvasir.weights.ModelManifest.Heads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto.DataType;

/** The part of a decoder's graph in which positions look at one another. */
final class AttentionNodes {
  private final DecoderShape shape;
  private final DecoderWeights weights;
  private final GraphBuilder graph;
  private final Projections projections;
  private final boolean halfAttention;
  // The tables of each rotation by their base: the first one's names have no number.
  private final Map<Double, String> rotations = new LinkedHashMap<>();

  AttentionNodes(
      DecoderShape shape,
      DecoderWeights weights,
      GraphBuilder graph,
      Projections projections,
      AttentionPrecision precision) {
    this.shape = shape;
    this.weights = weights;
    this.graph = graph;
    this.projections = projections;
    this.halfAttention = precision == AttentionPrecision.FLOAT16;
  }

  /** Writes the tables of every rotation that some layer has. */
  void rotations() throws IOException {
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

  /**
   * A layer's attention; the output's name.
   *
   * @param name of the layer
   * @param normed what goes in
   */
  String attend(int layer, String name, String normed) throws IOException {
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
    return projections.project(
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
    graph.normalise(
        rows + ".heads",
        graph.floats(rows + ".norm", gain, gain.length),
        shape.epsilon(),
        rows + ".normed");
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
}
