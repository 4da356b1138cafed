package io.kvasir.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.platform.Fp16Conversions;
import io.kvasir.numeric.HalfPrecision;
import org.junit.jupiter.api.Test;

/** Every number in half precision is what ONNX Runtime takes it for. */
final class HalvesTest {
  @Test
  void areThoseOfTheRuntime() {
    for (int bits = 0; bits < 1 << Short.SIZE; bits++) {
      assertThat(HalfPrecision.toFloat((short) bits))
          .isEqualTo(Float.valueOf(Fp16Conversions.fp16ToFloat((short) bits)));
    }
  }
}
