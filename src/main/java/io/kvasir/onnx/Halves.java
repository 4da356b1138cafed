package io.kvasir.onnx;

import ai.onnxruntime.platform.Fp16Conversions;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.numeric.HalfPrecision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers in half precision, to and from single precision. */
final class Halves {
  private Halves() {}

  /** Numbers of the other precision in this one, in the byte order of the processor. */
  static byte[] converted(byte[] numbers, AttentionPrecision precision) {
    ByteBuffer from = ByteBuffer.wrap(numbers).order(ByteOrder.nativeOrder());
    if (precision == AttentionPrecision.FLOAT16) {
      byte[] halves = new byte[numbers.length / 2];
      ByteBuffer to = ByteBuffer.wrap(halves).order(ByteOrder.nativeOrder());
      while (from.hasRemaining()) {
        to.putShort(Fp16Conversions.floatToFp16(from.getFloat()));
      }
      return halves;
    }
    byte[] floats = new byte[numbers.length * 2];
    ByteBuffer to = ByteBuffer.wrap(floats).order(ByteOrder.nativeOrder());
    while (from.hasRemaining()) {
      to.putFloat(HalfPrecision.toFloat(from.getShort()));
    }
    return floats;
  }
}
