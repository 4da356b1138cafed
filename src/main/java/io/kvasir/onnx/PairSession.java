package io.kvasir.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.onnx.OnnxCrossEncoder.Pair;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The graph of a cross-encoder: pairs of texts to a number each. Its inputs and output are checked
 * when it is loaded. Used by one thread at a time.
 *
 * @param environment of the runtime
 * @param session of the graph
 * @param output float[pairs][labels]
 * @param labels one number, or two of which the second says that the passage answers
 */
record PairSession(OrtEnvironment environment, OrtSession session, String output, int labels)
    implements AutoCloseable {

  static PairSession open(Path graph, int threads) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = TokenInputs.options(threads)) {
      OrtSession session = environment.createSession(graph.toString(), options);
      try {
        TokenInputs.require(session, "the cross-encoder in " + graph.getParent(), Kind.INVALID);
        return of(environment, session, graph);
      } catch (OrtException | RuntimeException e) {
        session.close();
        throw e;
      }
    }
  }

  private static PairSession of(OrtEnvironment environment, OrtSession session, Path graph)
      throws OrtException {
    for (Map.Entry<String, NodeInfo> output : session.getOutputInfo().entrySet()) {
      if (output.getValue().getInfo() instanceof TensorInfo tensor
          && tensor.type == OnnxJavaType.FLOAT
          && tensor.getShape().length == 2
          && (tensor.getShape()[1] == 1 || tensor.getShape()[1] == 2)) {
        return new PairSession(environment, session, output.getKey(), (int) tensor.getShape()[1]);
      }
    }
    throw new ProblemException(
        Kind.INVALID,
        "the graph of %s is no cross-encoder's: it has no output float[batch, 1], but %s"
            .formatted(graph.getParent(), session.getOutputInfo().values()));
  }

  /** A number for each pair; higher is better. */
  float[] scores(List<Pair> pairs) throws OrtException {
    long[][] ids = pairs.stream().map(Pair::ids).toArray(long[][]::new);
    long[][] types = pairs.stream().map(Pair::types).toArray(long[][]::new);
    Map<String, OnnxTensor> inputs =
        TokenInputs.of(environment, session.getInputNames(), ids, types);
    try (OrtSession.Result result = session.run(inputs, Set.of(output))) {
      FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] scores = new float[pairs.size()];
      for (int pair = 0; pair < scores.length; pair++) {
        scores[pair] =
            labels == 1 ? values.get(pair) : values.get(2 * pair + 1) - values.get(2 * pair);
      }
      return scores;
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new ProblemException(Kind.INTERNAL, "a cross-encoder cannot be closed", e);
    }
  }
}
