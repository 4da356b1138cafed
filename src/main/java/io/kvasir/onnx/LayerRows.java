package io.kvasir.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.platform.Fp16Conversions;
import io.kvasir.attend.CachedRows;
import io.kvasir.attend.MassProbe;
import io.kvasir.attend.Rotation;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.generate.PlacedRows;
import io.kvasir.generate.StoredRows;
import io.kvasir.numeric.HalfPrecision;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One layer's keys, or its values, of the first slots in memory that Java owns: [slots, kvHeads,
 * rows, headSize]. It holds as many slots and rows as were used so far; growing copies what it has
 * into a larger buffer and gives the old one back at once, which Java's own buffers would do some
 * day. Used by the inference thread.
 */
final class LayerRows implements AutoCloseable {
  private final int kvHeads;
  private final int headSize;
  private final OnnxJavaType type;
  private final int rowBytes;
  private int slots;
  private int rows;
  private ByteBuf memory = allocate(0);
  private ByteBuffer buffer = view(memory);
  private FloatBuffer floats = buffer.asFloatBuffer();

  LayerRows(MassProbe.Geometry geometry, OnnxJavaType type) {
    this.kvHeads = geometry.kvHeads();
    this.headSize = geometry.headSize();
    this.type = type;
    this.rowBytes = headSize * type.size;
  }

  /** The runtime's name of a precision. */
  static OnnxJavaType type(AttentionPrecision precision) {
    return precision == AttentionPrecision.FLOAT16 ? OnnxJavaType.FLOAT16 : OnnxJavaType.FLOAT;
  }

  /** What so many slots and rows take, in bytes. */
  static long bytes(MassProbe.Geometry geometry, OnnxJavaType type, int slots, int rows) {
    return (long) slots * geometry.kvHeads() * rows * geometry.headSize() * type.size;
  }

  /**
   * Makes room for more slots or rows, never for fewer.
   *
   * @throws OutOfMemoryError if there is not enough direct memory; what it has stays
   */
  void grow(int moreSlots, int moreRows) {
    if (moreSlots <= slots && moreRows <= rows) {
      return;
    }
    int newSlots = Math.max(slots, moreSlots);
    int newRows = Math.max(rows, moreRows);
    ByteBuf larger = allocate(newSlots * kvHeads * newRows * rowBytes);
    for (int head = 0; head < slots * kvHeads; head++) {
      larger.setBytes(head * newRows * rowBytes, memory, head * rows * rowBytes, rows * rowBytes);
    }
    memory.release();
    memory = larger;
    buffer = view(larger);
    floats = buffer.asFloatBuffer();
    slots = newSlots;
    rows = newRows;
  }

  private static ByteBuf allocate(int bytes) {
    return UnpooledByteBufAllocator.DEFAULT.directBuffer(bytes, bytes);
  }

  private static ByteBuffer view(ByteBuf memory) {
    return memory.nioBuffer(0, memory.capacity()).order(ByteOrder.nativeOrder());
  }

  /** The rows of neighbouring slots: [count, kvHeads, rows, headSize]. */
  ByteBuffer window(int first, int count) {
    return buffer.slice(slotAt(first), count * slotBytes()).order(ByteOrder.nativeOrder());
  }

  /** The shape of such a window. */
  long[] dimensions(int count) {
    return new long[] {count, kvHeads, rows, headSize};
  }

  /** The rows of a slot as they are now; those in half precision are converted when asked for. */
  CachedRows rows(int slot) {
    if (type == OnnxJavaType.FLOAT16) {
      return (head, position, target) -> {
        int begin = at(slot, head, position);
        for (int i = 0; i < headSize; i++) {
          target[i] = HalfPrecision.toFloat(buffer.getShort(begin + i * Short.BYTES));
        }
      };
    }
    return (head, position, target) ->
        floats.get(at(slot, head, position) / Float.BYTES, target, 0, headSize);
  }

  /** Copies rows {@code [begin, end)} of one slot into another. */
  void copy(int from, int to, int begin, int end) {
    for (int head = 0; head < kvHeads; head++) {
      buffer.put(at(to, head, begin), buffer, at(from, head, begin), (end - begin) * rowBytes);
    }
  }

  /** Exchanges the first rows of two slots. */
  void swap(int one, int other, int count) {
    byte[] exchange = new byte[count * rowBytes];
    for (int head = 0; head < kvHeads; head++) {
      int first = at(one, head, 0);
      int second = at(other, head, 0);
      buffer.get(first, exchange);
      buffer.put(first, buffer, second, exchange.length);
      buffer.put(second, exchange);
    }
  }

  /** A copy of some rows of a slot: [kvHeads, end - begin, headSize] in a precision. */
  byte[] save(int slot, int begin, int end, AttentionPrecision precision) {
    int length = (end - begin) * rowBytes;
    byte[] copy = new byte[kvHeads * length];
    for (int head = 0; head < kvHeads; head++) {
      buffer.get(at(slot, head, begin), copy, head * length, length);
    }
    return type(precision) == type ? copy : Halves.converted(copy, precision);
  }

  /**
   * Puts such a copy in its place.
   *
   * @param turn of every row; null if they are put there as they are
   */
  void restore(int slot, PlacedRows placed, byte[] copy, Rotation.@Nullable Turn turn) {
    StoredRows rows = placed.rows();
    byte[] numbers =
        type(rows.precision()) == type
            ? copy
            : Halves.converted(
                copy,
                rows.precision() == AttentionPrecision.FLOAT16
                    ? AttentionPrecision.FLOAT32
                    : AttentionPrecision.FLOAT16);
    int used = rows.count() - placed.skipped();
    for (int head = 0; head < kvHeads; head++) {
      int from = (head * rows.count() + placed.skipped()) * rowBytes;
      int to = at(slot, head, placed.at());
      if (turn == null) {
        buffer.put(to, numbers, from, used * rowBytes);
      } else {
        turned(to, numbers, from, used, turn);
      }
    }
  }

  private void turned(int to, byte[] numbers, int from, int count, Rotation.Turn turn) {
    ByteBuffer source = ByteBuffer.wrap(numbers).order(ByteOrder.nativeOrder());
    float[] row = new float[headSize];
    for (int i = 0; i < count; i++) {
      int at = i * rowBytes;
      if (type == OnnxJavaType.FLOAT16) {
        for (int k = 0; k < headSize; k++) {
          row[k] = HalfPrecision.toFloat(source.getShort(from + at + k * Short.BYTES));
        }
        turn.apply(row);
        for (int k = 0; k < headSize; k++) {
          buffer.putShort(to + at + k * Short.BYTES, Fp16Conversions.floatToFp16(row[k]));
        }
      } else {
        for (int k = 0; k < headSize; k++) {
          row[k] = source.getFloat(from + at + k * Float.BYTES);
        }
        turn.apply(row);
        floats.put((to + at) / Float.BYTES, row);
      }
    }
  }

  private int at(int slot, int head, int row) {
    return slotAt(slot) + (head * rows + row) * rowBytes;
  }

  private int slotAt(int slot) {
    return slot * slotBytes();
  }

  private int slotBytes() {
    return kvHeads * rows * rowBytes;
  }

  /** Gives the memory back; no window of it may be in use. */
  @Override
  public void close() {
    memory.release();
  }
}
