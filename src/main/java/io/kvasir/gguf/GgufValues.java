package io.kvasir.gguf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads one metadata value of a GGUF file as {@link GgufMetadata} holds it. */
final class GgufValues {
  private static final int STRING = 8;
  private static final int ARRAY = 9;

  /** Size in bytes of a value of each type code; a string has at least its length. */
  private static final int[] LEAST_BYTES = {1, 1, 2, 2, 4, 4, 4, 1, 8, 0, 8, 8, 8};

  private GgufValues() {}

  static Object read(GgufInput input, int type) throws IOException {
    return switch (type) {
      case 0 -> (long) input.u8();
      case 1 -> (long) (byte) input.u8();
      case 2 -> (long) input.u16();
      case 3 -> (long) (short) input.u16();
      case 4 -> Integer.toUnsignedLong(input.i32());
      case 5 -> (long) input.i32();
      case 6 -> (double) Float.intBitsToFloat(input.i32());
      case 7 -> flag(input);
      case STRING -> input.string();
      case ARRAY -> array(input);
      case 10 -> input.count(Long.MAX_VALUE, "the number");
      case 11 -> input.i64();
      case 12 -> Double.longBitsToDouble(input.i64());
      default ->
          throw input.malformed(
              "has the unknown value type %d".formatted(Integer.toUnsignedLong(type)));
    };
  }

  private static boolean flag(GgufInput input) throws IOException {
    int value = input.u8();
    if (value > 1) {
      throw input.malformed("is neither true nor false");
    }
    return value == 1;
  }

  private static Object array(GgufInput input) throws IOException {
    int type = input.i32();
    if (type < 0 || type >= LEAST_BYTES.length || type == ARRAY) {
      throw input.malformed(
          "is an array of value type %d, which cannot be read"
              .formatted(Integer.toUnsignedLong(type)));
    }
    int count = (int) input.count(GgufLimits.ARRAY_ELEMENTS, "the length of an array");
    // Before anything is allocated: a promise of elements that the file cannot hold.
    input.ensureLeft((long) count * LEAST_BYTES[type]);
    if (type == STRING) {
      List<String> texts = new ArrayList<>(count);
      for (int element = 0; element < count; element++) {
        texts.add(input.string());
      }
      return List.copyOf(texts);
    }
    double[] numbers = new double[count];
    for (int element = 0; element < count; element++) {
      Object value = read(input, type);
      numbers[element] =
          value instanceof Boolean yes ? (yes ? 1 : 0) : ((Number) value).doubleValue();
    }
    return numbers;
  }
}
