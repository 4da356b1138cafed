package io.kvasir.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.ModelManifest;
import io.kvasir.core.ProblemException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that a decoder's graph is what its manifest says, before anything is computed with it. */
final class DecoderGraph {
  private DecoderGraph() {}

  /**
   * Compares names, types and the dimensions that are fixed.
   *
   * @param provider what the graph is to be computed on
   * @return what its attention is computed in
   * @throws ProblemException INVALID naming the first difference, or if the provider computes no
   *     such attention
   */
  static AttentionPrecision check(ModelManifest manifest, OrtSession session, Provider provider)
      throws OrtException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    int row = (manifest.heads() + 2 * manifest.kvHeads()) * manifest.headSize();
    tensor(manifest, inputs, "input_ids", OnnxJavaType.INT64, -1, -1);
    tensor(manifest, inputs, "seqlens_k", OnnxJavaType.INT32, -1);
    tensor(manifest, inputs, "total_sequence_length", OnnxJavaType.INT32);
    tensor(manifest, inputs, "logit_rows", OnnxJavaType.INT64, 1);
    tensor(manifest, inputs, "observed_rows", OnnxJavaType.INT64, 1);
    tensor(manifest, outputs, "logits", OnnxJavaType.FLOAT, -1, -1, manifest.vocabulary());
    AttentionPrecision attention = attention(manifest, inputs);
    OnnxJavaType cached = type(attention);
    for (int layer = 0; layer < manifest.layers(); layer++) {
      for (String part : new String[] {".key", ".value"}) {
        long[] cache = {-1, manifest.kvHeads(), -1, manifest.headSize()};
        tensor(manifest, inputs, "past_key_values." + layer + part, cached, cache);
        tensor(manifest, outputs, "present." + layer + part, cached, cache);
      }
      tensor(manifest, outputs, "qkv." + layer, OnnxJavaType.FLOAT, -1, -1, row);
    }
    int expected = 5 + 2 * manifest.layers();
    if (inputs.size() != expected) {
      throw wrong(manifest, "has %d inputs instead of %d".formatted(inputs.size(), expected));
    }
    if (!provider.takes(attention)) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "the graph of %s computes attention in %s, which engine.provider=%s has no kernel for; delete the model folder, it is exported again"
              .formatted(manifest.name(), attention, provider));
    }
    return attention;
  }

  /** What a tensor of keys or values is made of. */
  static OnnxJavaType type(AttentionPrecision attention) {
    return attention == AttentionPrecision.FLOAT16 ? OnnxJavaType.FLOAT16 : OnnxJavaType.FLOAT;
  }

  /** By the first layer's keys; the others must be like them. */
  private static AttentionPrecision attention(
      ModelManifest manifest, Map<String, NodeInfo> inputs) {
    TensorInfo keys = info(inputs.get("past_key_values.0.key"));
    if (keys == null) {
      throw wrong(manifest, "has no tensor past_key_values.0.key");
    }
    return keys.type == OnnxJavaType.FLOAT16
        ? AttentionPrecision.FLOAT16
        : AttentionPrecision.FLOAT32;
  }

  private static void tensor(
      ModelManifest manifest,
      Map<String, NodeInfo> nodes,
      String name,
      OnnxJavaType type,
      long... dimensions) {
    TensorInfo info = info(nodes.get(name));
    if (info == null) {
      throw wrong(manifest, "has no tensor " + name);
    }
    if (info.type != type) {
      throw wrong(manifest, "has %s as %s instead of %s".formatted(name, info.type, type));
    }
    long[] shape = info.getShape();
    boolean fits = shape.length == dimensions.length;
    for (int i = 0; fits && i < shape.length; i++) {
      fits = shape[i] < 0 || dimensions[i] < 0 || shape[i] == dimensions[i];
    }
    if (!fits) {
      throw wrong(
          manifest,
          "has %s in the shape %s instead of %s (-1: any)"
              .formatted(
                  name, java.util.Arrays.toString(shape), java.util.Arrays.toString(dimensions)));
    }
  }

  private static @Nullable TensorInfo info(@Nullable NodeInfo node) {
    return node != null && node.getInfo() instanceof TensorInfo tensor ? tensor : null;
  }

  private static ProblemException wrong(ModelManifest manifest, String difference) {
    return new ProblemException(
        ProblemException.Kind.INVALID,
        "the graph of %s does not fit its manifest: it %s; delete the model folder, it is exported again"
            .formatted(manifest.name(), difference));
  }
}
