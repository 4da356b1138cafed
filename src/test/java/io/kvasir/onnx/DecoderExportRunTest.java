package io.kvasir.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.kvasir.gguf.DecoderExport;
import io.kvasir.gguf.ExportOptions;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.gguf.WeightFormat;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exported decoders run on ONNX Runtime and give what their graph promises. */
final class DecoderExportRunTest {
  private static final long[] IDS = {1, 40, 41, 42, 260, 263, 2, 100};

  @TempDir Path folder;

  /** What one run gave: rows of logits and of the first layer's queries, keys and values. */
  private record Run(float[][] logits, float[][] observed) {}

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2"})
  void givesTheRowsThatAreAskedFor(String architecture) throws Exception {
    Path model = TinyGguf.export(folder, architecture).resolve("model.onnx");
    Run all = run(model, IDS.length, IDS.length);
    Run some = run(model, 2, 3);
    Run none = run(model, 1, 0);
    assertThat(all.logits).hasDimensions(IDS.length, TinyGguf.tokens().size());
    assertThat(all.observed)
        .hasDimensions(IDS.length, (TinyGguf.HEADS + 2 * TinyGguf.KV_HEADS) * TinyGguf.HEAD_SIZE);
    assertThat(some.logits).hasDimensions(2, TinyGguf.tokens().size());
    assertThat(some.logits[1]).containsExactly(all.logits[IDS.length - 1], within(1e-4f));
    assertThat(some.observed)
        .isDeepEqualTo(
            new float[][] {
              all.observed[IDS.length - 3],
              all.observed[IDS.length - 2],
              all.observed[IDS.length - 1]
            });
    assertThat(none.observed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2"})
  void eightBitsStayNearTheExactWeights(String architecture) throws Exception {
    Run exact = run(export(architecture, WeightFormat.FLOAT32, false), IDS.length, 0);
    for (boolean fused : new boolean[] {false, true}) {
      Run rounded = run(export(architecture, WeightFormat.INT8_BLOCK32, fused), IDS.length, 0);
      for (int row = 0; row < IDS.length; row++) {
        assertThat(cosine(rounded.logits[row], exact.logits[row])).isGreaterThan(0.99);
      }
    }
  }

  private Path export(String architecture, WeightFormat format, boolean fused) throws Exception {
    Path target = folder.resolve(architecture + format + fused);
    DecoderExport.export(
        TinyGguf.write(folder, architecture),
        target,
        ExportOptions.of("tiny", "0".repeat(64)).with(format, fused),
        share -> {});
    return target.resolve("model.onnx");
  }

  private static double cosine(float[] one, float[] other) {
    double product = 0;
    double ones = 0;
    double others = 0;
    for (int index = 0; index < one.length; index++) {
      product += one[index] * other[index];
      ones += one[index] * one[index];
      others += other[index] * other[index];
    }
    return product / Math.sqrt(ones * others);
  }

  private static Run run(Path model, long logitRows, long observedRows) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(model.toString(), options)) {
        int length = IDS.length;
        inputs.put("input_ids", longs(environment, IDS, 1, length));
        inputs.put("seqlens_k", ints(environment, length - 1, 1));
        inputs.put("total_sequence_length", ints(environment, length));
        inputs.put("logit_rows", longs(environment, new long[] {logitRows}, 1));
        inputs.put("observed_rows", longs(environment, new long[] {observedRows}, 1));
        long[] shape = {1, TinyGguf.KV_HEADS, 0, TinyGguf.HEAD_SIZE};
        for (int layer = 0; layer < TinyGguf.LAYERS; layer++) {
          for (String which : new String[] {"key", "value"}) {
            inputs.put(
                "past_key_values." + layer + "." + which,
                OnnxTensor.createTensor(environment, FloatBuffer.allocate(0), shape));
          }
        }
        try (OrtSession.Result result = session.run(inputs)) {
          return new Run(
              ((float[][][]) result.get("logits").orElseThrow().getValue())[0],
              ((float[][][]) result.get("qkv.0").orElseThrow().getValue())[0]);
        }
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor longs(OrtEnvironment environment, long[] values, long... shape)
      throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  private static OnnxTensor ints(OrtEnvironment environment, int value, long... shape)
      throws OrtException {
    return OnnxTensor.createTensor(environment, IntBuffer.wrap(new int[] {value}), shape);
  }
}
