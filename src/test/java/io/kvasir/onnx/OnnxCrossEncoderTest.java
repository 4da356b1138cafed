package io.kvasir.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.kvasir.core.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cross-encoder's folder gives what its graph gives for the pair as its tokenizer writes it. */
final class OnnxCrossEncoderTest {
  @TempDir Path folder;

  @BeforeEach
  void make() throws Exception {
    TinyCrossEncoder.write(folder);
  }

  @Test
  void scoresAreTheGraphsOfQuestionAndPassageBetweenTheirMarks() throws Exception {
    try (OnnxCrossEncoder model = OnnxCrossEncoder.open(folder, 1)) {
      List<Double> scores =
          model
              .scores("red fish", List.of("blue fish", "the red fish in the sea", "sea"))
              .toCompletableFuture()
              .join();
      assertThat(scores).hasSize(3);
      // [CLS] red fish [SEP] blue fish [SEP]
      assertThat(scores.get(0)).isCloseTo(direct("1 3 4 2 5 4 2", "0 0 0 0 1 1 1"), within(1e-5));
      assertThat(scores.get(1))
          .isCloseTo(direct("1 3 4 2 6 3 4 7 6 8 2", "0 0 0 0 1 1 1 1 1 1 1"), within(1e-5));
      assertThat(scores.get(2)).isCloseTo(direct("1 3 4 2 8 2", "0 0 0 0 1 1"), within(1e-5));
    }
  }

  @Test
  void passageThatIsTooLongLosesItsEndAndAQuestionAtMostWhatIsBehindTheFirstHalf() {
    try (OnnxCrossEncoder model = OnnxCrossEncoder.open(folder, 1)) {
      OnnxCrossEncoder.Pair pair = model.pair("red fish", "blue " + "sea ".repeat(2_000));
      assertThat(pair.ids()).hasSize(OnnxCrossEncoder.MAX_TOKENS).startsWith(1, 3, 4, 2, 5, 8);
      assertThat(pair.ids()[OnnxCrossEncoder.MAX_TOKENS - 1]).as("its mark").isEqualTo(2);
      assertThat(pair.types()).hasSize(OnnxCrossEncoder.MAX_TOKENS).startsWith(0, 0, 0, 0, 1);

      OnnxCrossEncoder.Pair both = model.pair("red ".repeat(2_000), "sea ".repeat(2_000));
      assertThat(both.ids()).hasSize(OnnxCrossEncoder.MAX_TOKENS);
      assertThat(Arrays.stream(both.ids()).filter(id -> id == 3))
          .as("of the question")
          .hasSize(OnnxCrossEncoder.MAX_TOKENS / 2);
      assertThat(model.pair("red ".repeat(400), "sea").ids()).as("both fit").hasSize(404);
    }
  }

  @Test
  void folderWithoutAModelIsNamed() throws Exception {
    Files.delete(folder.resolve("model.onnx"));
    assertThatThrownBy(() -> OnnxCrossEncoder.open(folder, 1))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(folder + " is no cross-encoder: model.onnx is missing");

    TinyCrossEncoder.write(folder);
    Files.writeString(folder.resolve("tokenizer.json"), "{}");
    assertThatThrownBy(() -> OnnxCrossEncoder.open(folder, 1))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("the cross-encoder in " + folder + " cannot be loaded");
  }

  private double direct(String ids, String types) throws Exception {
    long[][] tokens = {numbers(ids)};
    long[][] mask = {tokens[0].clone()};
    Arrays.fill(mask[0], 1);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(folder.resolve("model.onnx").toString());
        OnnxTensor first = OnnxTensor.createTensor(environment, tokens);
        OnnxTensor second = OnnxTensor.createTensor(environment, mask);
        OnnxTensor third = OnnxTensor.createTensor(environment, new long[][] {numbers(types)});
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", first, "attention_mask", second, "token_type_ids", third))) {
      return ((float[][]) result.get(0).getValue())[0][0];
    }
  }

  private static long[] numbers(String text) {
    return Arrays.stream(text.split(" ", -1)).mapToLong(Long::parseLong).toArray();
  }
}
