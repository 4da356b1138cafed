package io.kvasir.onnx;

import ai.onnxruntime.platform.Fp16Conversions;
import io.kvasir.core.AttentionPrecision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers in half precision, to and from single precision. */
final class Halves {
  /** There are only so many: looking one up takes a fraction of what computing it does. */
  private static final float[] FLOATS = new float[1 << Short.SIZE];

  static {
    for (int i = 0; i < FLOATS.length; i++) {
      FLOATS[i] = Fp16Conversions.fp16ToFloat((short) i);
    }
  }

  private Halves() {}

  /** The number of these bits. */
  static float toFloat(short bits) {
    return FLOATS[bits & 0xffff];
  }

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
      to.putFloat(toFloat(from.getShort()));
    }
    return floats;
  }
}
