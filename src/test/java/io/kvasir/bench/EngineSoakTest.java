package io.kvasir.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.generate.Generator;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.onnx.OnnxDecoders;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a soak says of a decoder, and that it ends when there is none any more. */
final class EngineSoakTest {
  @TempDir Path temporary;

  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

  @Test
  void everyKindOfRequestEndsAndIsCounted() {
    EngineSoakResult result;
    try (BatchingGenerator generator = load()) {
      result = new EngineSoak(new EngineLoad(generator)).run(300, new PrintStream(progress));
    }
    assertThat(result.outcomes().values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(300);
    assertThat(result.outcomes()).containsOnlyKeys(EngineSoak.Outcome.values());
    assertThat(result.outcomes().get(EngineSoak.Outcome.ANSWERED)).isGreaterThan(200);
    assertThat(result.cached()).isBetween(0.05, 0.95);
    assertThat(result.wholeBeginnings()).isBetween(0.05, 0.95);
    assertThat(result.load()).isEqualTo(Generator.Load.IDLE);
    assertThat(result.marks()).hasSize(10).allMatch(mark -> mark.heap() > 1 && mark.direct() > 1);
    assertThat(result.facts().get("soak, afterwards")).isEqualTo("0 running, 0 waiting");
    assertThat(progress.toString(StandardCharsets.UTF_8))
        .contains("30 of 300 requests: resident ", "300 of 300 requests: ");
  }

  @Test
  void aDecoderThatIsGoneEndsIt() {
    BatchingGenerator generator = load();
    EngineSoak soak = new EngineSoak(new EngineLoad(generator));
    generator.close();
    assertThatThrownBy(() -> soak.run(100, new PrintStream(progress)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("is not loaded any more");
  }

  private BatchingGenerator load() {
    return OnnxDecoders.load(TinyGguf.export(temporary, "llama"), EngineBench.options(1));
  }
}
