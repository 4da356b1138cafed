package io.kvasir.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.kvasir.core.ProblemException;
import io.kvasir.weights.GraphContract;
import io.kvasir.weights.GraphContract.Dimension;
import io.kvasir.weights.GraphContract.Element;
import io.kvasir.weights.GraphContract.Tensor;
import io.kvasir.weights.ModelManifest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Checks that a decoder's graph is what its manifest says, before anything is computed with it. */
final class GraphCheck {
  private GraphCheck() {}

  /**
   * Holds a loaded graph against the contract.
   *
   * @param provider what the graph is to be computed on
   * @return the contract that it keeps
   * @throws ProblemException INVALID naming the first difference, or if the provider computes no
   *     such attention
   */
  static GraphContract check(ModelManifest manifest, OrtSession session, Provider provider)
      throws OrtException {
    List<Tensor> inputs = tensors(session.getInputInfo().values());
    List<Tensor> outputs = tensors(session.getOutputInfo().values());
    GraphContract contract = new GraphContract(manifest, GraphContract.attentionOf(inputs));
    contract
        .difference(inputs, outputs)
        .ifPresent(
            difference -> {
              throw new ProblemException(
                  ProblemException.Kind.INVALID,
                  "the graph of %s does not fit its manifest: it %s; delete the model folder, it is exported again"
                      .formatted(manifest.name(), difference));
            });
    if (!provider.takes(contract.attention())) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "the graph of %s computes attention in %s, which engine.provider=%s has no kernel for; delete the model folder, it is exported again"
              .formatted(manifest.name(), contract.attention(), provider));
    }
    return contract;
  }

  private static List<Tensor> tensors(Collection<NodeInfo> nodes) {
    return nodes.stream().map(GraphCheck::tensor).toList();
  }

  private static Tensor tensor(NodeInfo node) {
    if (!(node.getInfo() instanceof TensorInfo tensor)) {
      return new Tensor(node.getName(), Element.OTHER, List.of());
    }
    return new Tensor(
        node.getName(),
        element(tensor.type),
        Arrays.stream(tensor.getShape())
            .mapToObj(size -> size < 0 ? Dimension.varying("") : Dimension.fixed(size))
            .toList());
  }

  private static Element element(OnnxJavaType type) {
    return switch (type) {
      case INT32 -> Element.INT32;
      case INT64 -> Element.INT64;
      case FLOAT16 -> Element.FLOAT16;
      case FLOAT -> Element.FLOAT32;
      default -> Element.OTHER;
    };
  }
}
