package io.kvasir.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import io.kvasir.attend.CachedRows;
import io.kvasir.attend.MassProbe;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows stay what they are when a layer's memory grows, is copied and exchanged. */
final class LayerRowsTest {
  private static final int KV_HEADS = 2;
  private static final int HEAD_SIZE = 4;

  private final LayerRows layer =
      new LayerRows(new MassProbe.Geometry(2, KV_HEADS, HEAD_SIZE, List.of()), OnnxJavaType.FLOAT);

  @Test
  void keepsItsRowsWhileSlotsAndRowsAreAdded() {
    layer.grow(1, 3);
    fill(0, 3, 100);
    layer.grow(2, 3);
    fill(1, 3, 500);
    CachedRows first = layer.rows(0);
    layer.grow(2, 7);
    layer.grow(3, 5);
    assertThat(layer.dimensions(3)).containsExactly(3, KV_HEADS, 7, HEAD_SIZE);
    assertThat(row(first, 0, 0)).containsExactly(100, 101, 102, 103);
    assertThat(row(first, 1, 2)).containsExactly(120, 121, 122, 123);
    assertThat(row(layer.rows(1), 1, 2)).containsExactly(520, 521, 522, 523);
  }

  @Test
  void copiesAndExchangesTheRowsThatItIsTold() {
    layer.grow(2, 3);
    fill(0, 3, 100);
    fill(1, 3, 500);
    layer.copy(0, 1, 1, 2);
    assertThat(row(layer.rows(1), 1, 0)).startsWith(512);
    assertThat(row(layer.rows(1), 1, 1)).startsWith(116);
    assertThat(row(layer.rows(1), 1, 2)).startsWith(520);
    layer.swap(0, 1, 2);
    assertThat(row(layer.rows(0), 1, 0)).startsWith(512);
    assertThat(row(layer.rows(1), 1, 0)).startsWith(112);
    assertThat(row(layer.rows(0), 1, 2)).startsWith(120);
  }

  /** Numbers that go up from {@code first} through all heads and rows of a slot. */
  private void fill(int slot, int rows, int first) {
    ByteBuffer window = layer.window(slot, 1);
    for (int i = 0; i < KV_HEADS * rows * HEAD_SIZE; i++) {
      window.putFloat(i * Float.BYTES, first + i);
    }
  }

  private static float[] row(CachedRows rows, int head, int position) {
    float[] row = new float[HEAD_SIZE];
    rows.get(head, position, row);
    return row;
  }
}
