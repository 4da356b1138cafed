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
import io.kvasir.encode.Encoder;
import io.kvasir.encode.Pooling;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * The graph of an encoder: token ids to states. Its inputs and output are checked when it is
 * loaded. Used by one thread at a time.
 */
final class EncoderSession implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String output;
  private boolean closed;

  private EncoderSession(OrtEnvironment environment, OrtSession session, String output) {
    this.environment = environment;
    this.session = session;
    this.output = output;
  }

  static EncoderSession open(Encoder.Description description, byte[] graph, int threads)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = TokenInputs.options(threads)) {
      OrtSession session = environment.createSession(graph, options);
      try {
        return new EncoderSession(environment, session, output(description, session));
      } catch (OrtException | RuntimeException e) {
        session.close();
        throw e;
      }
    }
  }

  private static String output(Encoder.Description description, OrtSession session)
      throws OrtException {
    TokenInputs.require(session, "the encoder " + description.name(), Kind.INTERNAL);
    for (Map.Entry<String, NodeInfo> output : session.getOutputInfo().entrySet()) {
      if (output.getValue().getInfo() instanceof TensorInfo tensor
          && tensor.type == OnnxJavaType.FLOAT
          && tensor.getShape().length == 3
          && tensor.getShape()[2] == description.dimensions()) {
        return output.getKey();
      }
    }
    throw mismatch(
        description,
        "has no output float[batch, tokens, %d], but %s"
            .formatted(description.dimensions(), session.getOutputInfo().values()));
  }

  private static ProblemException mismatch(Encoder.Description description, String what) {
    return new ProblemException(
        Kind.INTERNAL, "the graph of the encoder %s %s".formatted(description.name(), what));
  }

  /**
   * Embeddings of a batch: float[texts][dimensions].
   *
   * @param ids long[texts][tokens], of any lengths
   */
  float[][] encode(long[][] ids, Pooling pooling) throws OrtException {
    Map<String, OnnxTensor> inputs = inputs(ids);
    try (OrtSession.Result result = session.run(inputs, Set.of(output))) {
      OnnxTensor tensor = (OnnxTensor) result.get(0);
      long[] shape = tensor.getInfo().getShape();
      int longest = (int) shape[1];
      // One copy of everything: taken as nested arrays, each row is an object made natively.
      FloatBuffer states = tensor.getFloatBuffer();
      float[][] embeddings = new float[ids.length][];
      for (int i = 0; i < ids.length; i++) {
        float[][] rows = new float[ids[i].length][(int) shape[2]];
        for (int token = 0; token < rows.length; token++) {
          states.get((i * longest + token) * rows[token].length, rows[token]);
        }
        embeddings[i] = pooling.pool(rows, rows.length);
      }
      return embeddings;
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  /** What the graph reads of a batch, padded to its longest text; the caller closes it. */
  Map<String, OnnxTensor> inputs(long[][] ids) throws OrtException {
    long[][] types = Arrays.stream(ids).map(text -> new long[text.length]).toArray(long[][]::new);
    return TokenInputs.of(environment, session.getInputNames(), ids, types);
  }

  /** Computes and looks at nothing: what the runtime takes by itself. */
  void run(Map<String, OnnxTensor> inputs) throws OrtException {
    session.run(inputs, Set.of(output)).close();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      session.close();
    } catch (OrtException e) {
      throw new ProblemException(Kind.INTERNAL, "an encoder cannot be closed", e);
    }
  }
}
