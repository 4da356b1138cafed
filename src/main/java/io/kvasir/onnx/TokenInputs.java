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
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What graphs of the BERT kind read of a batch of texts: ids, which of them count, and types. */
final class TokenInputs {
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";

  private TokenInputs() {}

  /** How such a graph is run beside a decoder. */
  static OrtSession.SessionOptions options(int threads) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    try {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      // Waiting threads soon sleep: the decoder needs the processor.
      options.addConfigEntry("session.intra_op.spin_duration_us", "200");
      return options;
    } catch (OrtException | RuntimeException e) {
      options.close();
      throw e;
    }
  }

  /**
   * Fails unless a graph reads these and nothing else.
   *
   * @param whose graph it is, in words
   * @param fault what sort of problem it is if it does
   */
  static void require(OrtSession session, String whose, Kind fault) throws OrtException {
    for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
      boolean known = Set.of(IDS, MASK, TYPES).contains(input.getKey());
      if (!known
          || !(input.getValue().getInfo() instanceof TensorInfo tensor)
          || tensor.type != OnnxJavaType.INT64
          || tensor.getShape().length != 2) {
        throw new ProblemException(
            fault,
            "the graph of %s has the input %s, which is not known"
                .formatted(whose, input.getValue()));
      }
    }
  }

  /**
   * A batch, padded to its longest text; the caller closes it.
   *
   * @param names of the graph's inputs
   * @param ids long[texts][tokens], of any lengths
   * @param types of the same lengths
   */
  static Map<String, OnnxTensor> of(
      OrtEnvironment environment, Set<String> names, long[][] ids, long[][] types)
      throws OrtException {
    int longest = Arrays.stream(ids).mapToInt(text -> text.length).max().orElse(0);
    long[][] mask = new long[ids.length][longest];
    for (int i = 0; i < ids.length; i++) {
      Arrays.fill(mask[i], 0, ids[i].length, 1);
    }
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (String name : names) {
      long[][] values =
          switch (name) {
            case IDS -> padded(ids, longest);
            case MASK -> mask;
            default -> padded(types, longest);
          };
      inputs.put(name, OnnxTensor.createTensor(environment, values));
    }
    return inputs;
  }

  private static long[][] padded(long[][] texts, int longest) {
    return Arrays.stream(texts).map(text -> Arrays.copyOf(text, longest)).toArray(long[][]::new);
  }
}
