package io.kvasir.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import io.kvasir.attend.CachedRows;
import io.kvasir.attend.MassProbe;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.ProblemException;
import io.kvasir.generate.Decoder;
import io.kvasir.weights.GraphContract;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys and values of all slots in memory that Java owns: one buffer a layer for keys and one
 * for values, [slots, kvHeads, context, headSize] in the precision of attention, so that
 * neighbouring slots are one tensor. A run of slots is given to the runtime as past and as present,
 * the very same tensor, and is written in place. Used by the inference thread.
 */
final class SlotCache implements AutoCloseable {
  private final OrtEnvironment environment;
  private final Decoder.Shape shape;
  private final MassProbe.Geometry geometry;
  private final OnnxJavaType type;
  // [2 * layers]: keys of layer l at 2l, values at 2l + 1
  private final ByteBuffer[] buffers;
  // [2 * layers][slots], in the order of the buffers
  private final CachedRows[][] views;
  private final int rowBytes;
  private final int headBytes;
  private final int slotBytes;
  private final ByteBuffer exchange;
  private final Map<Integer, Window> windows = new HashMap<>();

  /**
   * The tensors of a run of slots, by the names the graph has for them.
   *
   * @param past inputs
   * @param present outputs, the same tensors
   */
  record Window(Map<String, OnnxTensor> past, Map<String, OnnxTensor> present) {}

  /**
   * Reserves the memory.
   *
   * @throws ProblemException INVALID if a buffer would be too large for one, UNAVAILABLE if there
   *     is not enough memory
   */
  SlotCache(OrtEnvironment environment, Decoder.Shape shape, AttentionPrecision attention) {
    this.environment = environment;
    this.shape = shape;
    this.geometry = shape.geometry();
    this.type = attention == AttentionPrecision.FLOAT16 ? OnnxJavaType.FLOAT16 : OnnxJavaType.FLOAT;
    this.rowBytes = geometry.headSize() * attention.bytes();
    long bytes = (long) shape.slots() * geometry.kvHeads() * shape.context() * rowBytes;
    if (bytes > Integer.MAX_VALUE) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "a layer's keys of %d slots with %d tokens take %d bytes, more than one buffer holds; lower engine.slots or engine.context"
              .formatted(shape.slots(), shape.context(), bytes));
    }
    this.headBytes = shape.context() * rowBytes;
    this.slotBytes = geometry.kvHeads() * headBytes;
    this.buffers = new ByteBuffer[2 * geometry.layers().size()];
    this.views = new CachedRows[buffers.length][shape.slots()];
    this.exchange = ByteBuffer.allocate(headBytes);
    try {
      for (int i = 0; i < buffers.length; i++) {
        buffers[i] = ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
      }
    } catch (OutOfMemoryError e) {
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE,
          "the cache of %d slots with %d tokens takes %d MB of direct memory, which is not there; lower engine.slots or engine.context, or unload another model"
              .formatted(shape.slots(), shape.context(), (bytes * buffers.length) >> 20),
          e);
    }
    for (int i = 0; i < buffers.length; i++) {
      for (int slot = 0; slot < shape.slots(); slot++) {
        views[i][slot] = rows(slots(buffers[i], slot, 1));
      }
    }
  }

  private ByteBuffer slots(ByteBuffer buffer, int first, int count) {
    return buffer.slice(first * slotBytes, count * slotBytes).order(ByteOrder.nativeOrder());
  }

  /** The rows of a slot; those in half precision are converted whenever they are asked for. */
  private CachedRows rows(ByteBuffer slot) {
    int size = geometry.headSize();
    int context = shape.context();
    if (type == OnnxJavaType.FLOAT16) {
      ShortBuffer halves = slot.asShortBuffer();
      return (head, position, target) -> {
        int begin = (head * context + position) * size;
        for (int i = 0; i < size; i++) {
          target[i] = Fp16Conversions.fp16ToFloat(halves.get(begin + i));
        }
      };
    }
    FloatBuffer floats = slot.asFloatBuffer();
    return (head, position, target) ->
        floats.get((head * context + position) * size, target, 0, size);
  }

  /** The tensors of {@code count} slots from {@code first} on; kept for the next time. */
  Window window(int first, int count) throws OrtException {
    int key = first * (shape.slots() + 1) + count;
    Window window = windows.get(key);
    if (window == null) {
      window = open(first, count);
      windows.put(key, window);
    }
    return window;
  }

  private Window open(int first, int count) throws OrtException {
    long[] dimensions = {count, geometry.kvHeads(), shape.context(), geometry.headSize()};
    Map<String, OnnxTensor> past = new LinkedHashMap<>();
    Map<String, OnnxTensor> present = new LinkedHashMap<>();
    for (int i = 0; i < buffers.length; i++) {
      OnnxTensor tensor =
          OnnxTensor.createTensor(environment, slots(buffers[i], first, count), dimensions, type);
      int layer = i / 2;
      if (i % 2 == 0) {
        past.put(GraphContract.pastKeys(layer), tensor);
        present.put(GraphContract.presentKeys(layer), tensor);
      } else {
        past.put(GraphContract.pastValues(layer), tensor);
        present.put(GraphContract.presentValues(layer), tensor);
      }
    }
    return new Window(past, present);
  }

  /** The keys of a slot. */
  CachedRows keys(int layer, int slot) {
    return views[2 * layer][slot];
  }

  /** The values of a slot. */
  CachedRows values(int layer, int slot) {
    return views[2 * layer + 1][slot];
  }

  /** Copies rows {@code [begin, end)} of one slot into another. */
  void copy(int from, int to, int begin, int end) {
    for (ByteBuffer buffer : buffers) {
      for (int head = 0; head < geometry.kvHeads(); head++) {
        int offset = head * headBytes + begin * rowBytes;
        int source = from * slotBytes + offset;
        buffer.put(to * slotBytes + offset, buffer, source, (end - begin) * rowBytes);
      }
    }
  }

  /** Exchanges the first rows of two slots. */
  void swap(int one, int other, int rows) {
    int length = rows * rowBytes;
    for (ByteBuffer buffer : buffers) {
      for (int head = 0; head < geometry.kvHeads(); head++) {
        int first = one * slotBytes + head * headBytes;
        int second = other * slotBytes + head * headBytes;
        exchange.put(0, buffer, first, length);
        buffer.put(first, buffer, second, length);
        buffer.put(second, exchange, 0, length);
      }
    }
  }

  @Override
  public void close() {
    windows.values().forEach(window -> window.past().values().forEach(OnnxTensor::close));
    windows.clear();
  }
}
