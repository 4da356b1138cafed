package io.kvasir.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.ProblemException;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** What decoders are computed on, on a machine without a GPU. */
final class ProviderTest {
  @Test
  void theProcessorIsAlwaysThere() {
    assertThatCode(Provider.named("cpu")::require).doesNotThrowAnyException();
  }

  @Test
  void aGpuThatIsNotThereIsSaidWithWhatToDo() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(Provider.named("cuda")::require)
        .withMessageContaining("engine.provider is cuda")
        .withMessageContaining("engine.provider=cpu")
        .returns(ProblemException.Kind.UNAVAILABLE, ProblemException::kind);
  }

  @Test
  void whatIsExportedForAProviderIsWhatItTakes() {
    for (Provider provider : Provider.values()) {
      assertThat(provider.takes(AttentionPrecision.on(provider.toString()))).isTrue();
    }
    assertThat(Provider.CPU.takes(AttentionPrecision.FLOAT16)).isTrue();
    assertThat(Provider.CUDA.takes(AttentionPrecision.FLOAT32)).isFalse();
  }

  /** Two would be loaded by chance: Maven's profile cuda must take the place of the other. */
  @Test
  void thereIsOneOnnxRuntime() throws Exception {
    String library = "ai/onnxruntime/native/linux-x64/libonnxruntime.so";
    assertThat(Collections.list(getClass().getClassLoader().getResources(library))).hasSize(1);
    assertThat(
            Collections.list(
                getClass().getClassLoader().getResources("ai/onnxruntime/OrtEnvironment.class")))
        .hasSize(1);
  }
}
