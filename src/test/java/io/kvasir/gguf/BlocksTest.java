package io.kvasir.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every encoding of weights against rows that the Python package gguf decoded. */
final class BlocksTest {
  static List<String> rows() throws IOException {
    try (InputStream in = BlocksTest.class.getResourceAsStream("/gguf-rows.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void decodesAsTheReferenceDoes(String row) {
    String[] parts = row.split(",", -1);
    TensorType type = TensorType.valueOf(parts[0]);
    byte[] bytes = HexFormat.of().parseHex(parts[1]);
    String[] expected = parts[2].split(" ", -1);
    float[] weights = new float[expected.length];
    assertThat(expected.length / type.elements() * type.bytes()).isEqualTo(bytes.length);
    Blocks.decode(
        type, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), weights, weights.length);
    for (int index = 0; index < weights.length; index++) {
      float reference = Float.parseFloat(expected[index]);
      assertThat(weights[index])
          .as("weight %d", index)
          .isBetween(
              reference - Math.abs(reference) * 1e-6f, reference + Math.abs(reference) * 1e-6f);
    }
  }

  @Test
  void everyTypeHasARow() throws IOException {
    Set<TensorType> seen = EnumSet.noneOf(TensorType.class);
    for (String row : rows()) {
      seen.add(TensorType.valueOf(row.substring(0, row.indexOf(','))));
    }
    assertThat(seen).containsExactlyInAnyOrder(TensorType.values());
  }

  @Test
  void halfPrecisionSurvivesTheWayThereAndBack() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = HalfFloat.toFloat((short) bits);
      if (Float.isNaN(value)) {
        assertThat(HalfFloat.toFloat(HalfFloat.fromFloat(value))).isNaN();
      } else {
        assertThat(HalfFloat.fromFloat(value)).as("bits %x", bits).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void halfPrecisionRoundsToTheNearestAndTiesToEven() {
    for (int bits = 0; bits < 0x7bff; bits++) {
      float low = HalfFloat.toFloat((short) bits);
      float high = HalfFloat.toFloat((short) (bits + 1));
      float middle = (low + high) / 2;
      int even = bits % 2 == 0 ? bits : bits + 1;
      assertThat(HalfFloat.fromFloat(middle)).isEqualTo((short) even);
      assertThat(HalfFloat.fromFloat(Math.nextDown(middle))).isEqualTo((short) bits);
      assertThat(HalfFloat.fromFloat(-Math.nextUp(middle))).isEqualTo((short) (bits + 1 | 0x8000));
    }
    assertThat(HalfFloat.toFloat(HalfFloat.fromFloat(65520))).isInfinite();
  }
}
