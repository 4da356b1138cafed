package io.kvasir.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.kvasir.attend.CachedRows;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.ProblemException;
import io.kvasir.generate.Decoder;
import io.kvasir.generate.EngineOptions;
import io.kvasir.gguf.DecoderExport;
import io.kvasir.gguf.ExportOptions;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.gguf.WeightFormat;
import io.kvasir.weights.ManifestFile;
import io.kvasir.weights.ModelManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported for a GPU is the same decoder, but for the rounding of its attention. */
final class HalfAttentionTest {
  private static final int PROMPT = 60;
  private static final int ANSWER = 40;
  private static final int[] FIRST_LAYER = {0};
  private static final EngineOptions OPTIONS =
      EngineOptions.DEFAULTS
          .withThreads(1)
          .withCache(1, 128)
          .withQueue(8)
          .withPasses(16, 4)
          .withDeadline(Duration.ofSeconds(30));

  /** Half of the last place of 11 binary digits. */
  private static final double ROUNDING = 0x1p-11;

  /** Of logits up to 20: attention over random weights is far sharper than any that was learnt. */
  private static final float NEAR = 0.1f;

  /** What is observed, and what came before rounding, differ by the order of sums alone. */
  private static final float EXACT = 1e-5f;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2"})
  void answersLikeSinglePrecision(String architecture) throws IOException {
    try (Decoder single = decoder(architecture, AttentionPrecision.FLOAT32);
        Decoder half = decoder(architecture, AttentionPrecision.FLOAT16)) {
      int[] prompt = new Random(3).ints(PROMPT, 3, TinyGguf.tokens().size()).toArray();
      Decoder.Pass expected = single.read(0, 0, prompt, 1, FIRST_LAYER);
      Decoder.Pass given = half.read(0, 0, prompt, 1, FIRST_LAYER);
      for (int step = 0; step < ANSWER; step++) {
        float[] logits = logits(expected);
        assertThat(logits(given)).containsExactly(logits, within(NEAR));
        assertThat(queries(given)).containsExactly(queries(expected), within(EXACT));
        int[] token = {largest(logits)};
        // The same token, unless two are as likely but for the rounding.
        assertThat(logits[largest(logits(given))]).isGreaterThan(logits[token[0]] - 2 * NEAR);
        int[] position = {PROMPT + step};
        expected = single.step(0, position, token, FIRST_LAYER);
        given = half.step(0, position, token, FIRST_LAYER);
      }
      assertRounded(single.keys(0, 0), half.keys(0, 0));
      assertRounded(single.values(0, 0), half.values(0, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2"})
  void aGpuTakesNoOther(String architecture) throws Exception {
    Path single = TinyGguf.export(folder, architecture, AttentionPrecision.FLOAT32);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> checkForCuda(single))
        .withMessageContaining("tiny-" + architecture)
        .withMessageContaining("attention in float32")
        .withMessageContaining("engine.provider=cuda")
        .withMessageContaining("delete the model folder");
    Path half = TinyGguf.export(folder, architecture, AttentionPrecision.FLOAT16);
    assertThatCode(() -> checkForCuda(half)).doesNotThrowAnyException();
  }

  private static void checkForCuda(Path model) throws Exception {
    ModelManifest manifest = ManifestFile.read(model);
    try (OrtSession session =
        OrtEnvironment.getEnvironment().createSession(model.resolve("model.onnx").toString())) {
      GraphCheck.check(manifest, session, Provider.CUDA);
    }
  }

  /** With exact weights: 8-bit activations would round far more than attention does. */
  private Decoder decoder(String architecture, AttentionPrecision attention) throws IOException {
    Path model = folder.resolve("exact-" + attention);
    ExportOptions options =
        ExportOptions.of("exact", "0".repeat(64)).with(WeightFormat.FLOAT32, false).with(attention);
    ModelManifest manifest =
        DecoderExport.export(TinyGguf.write(folder, architecture), model, options, share -> {});
    return OnnxDecoders.decoder(model, manifest, OPTIONS);
  }

  /** The first layer's rows come from the same inputs: only their own rounding tells them apart. */
  private static void assertRounded(CachedRows exact, CachedRows rounded) {
    float[] expected = new float[TinyGguf.HEAD_SIZE];
    float[] given = new float[TinyGguf.HEAD_SIZE];
    for (int head = 0; head < TinyGguf.KV_HEADS; head++) {
      for (int position = 0; position < PROMPT + ANSWER; position++) {
        exact.get(head, position, expected);
        rounded.get(head, position, given);
        // A key is rounded before its rotation, as its angle is, and after it.
        double size = Math.sqrt(2) * Math.max(1e-3, length(expected));
        for (int i = 0; i < expected.length; i++) {
          assertThat((double) given[i]).isCloseTo(expected[i], within(3 * ROUNDING * size));
        }
      }
    }
  }

  private static double length(float[] row) {
    double squares = 0;
    for (float value : row) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  private static float[] logits(Decoder.Pass pass) {
    float[] logits = new float[TinyGguf.tokens().size()];
    pass.logits(0, logits);
    return logits;
  }

  private static float[] queries(Decoder.Pass pass) {
    float[] queries = new float[TinyGguf.HIDDEN];
    pass.queries(0, 0, queries);
    return queries;
  }

  private static int largest(float[] values) {
    int best = 0;
    for (int index = 1; index < values.length; index++) {
      best = values[index] > values[best] ? index : best;
    }
    return best;
  }
}
