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
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The graph of an encoder: token ids to states. Its inputs and output are checked when it is
 * loaded. Used by one thread at a time.
 */
final class EncoderSession implements AutoCloseable {
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";

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
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      // Waiting threads soon sleep: the decoder needs the processor.
      options.addConfigEntry("session.intra_op.spin_duration_us", "200");
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
    for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
      boolean known = Set.of(IDS, MASK, TYPES).contains(input.getKey());
      if (!known
          || !(input.getValue().getInfo() instanceof TensorInfo tensor)
          || tensor.type != OnnxJavaType.INT64
          || tensor.getShape().length != 2) {
        throw mismatch(
            description, "has the input %s, which is not known".formatted(input.getValue()));
      }
    }
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
    int longest = Arrays.stream(ids).mapToInt(text -> text.length).max().orElse(0);
    long[][] padded = new long[ids.length][longest];
    long[][] mask = new long[ids.length][longest];
    for (int i = 0; i < ids.length; i++) {
      System.arraycopy(ids[i], 0, padded[i], 0, ids[i].length);
      Arrays.fill(mask[i], 0, ids[i].length, 1);
    }
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (String name : session.getInputNames()) {
      long[][] values =
          switch (name) {
            case IDS -> padded;
            case MASK -> mask;
            default -> new long[ids.length][longest];
          };
      inputs.put(name, OnnxTensor.createTensor(environment, values));
    }
    return inputs;
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
