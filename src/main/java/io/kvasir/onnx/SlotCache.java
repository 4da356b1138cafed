package io.kvasir.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.kvasir.attend.CachedRows;
import io.kvasir.attend.Rotation;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.ProblemException;
import io.kvasir.generate.Decoder;
import io.kvasir.generate.PlacedRows;
import io.kvasir.weights.GraphContract;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys and values of all slots: {@link LayerRows} for each layer's keys and values, so that
 * neighbouring slots are one tensor. A run of slots is given to the runtime as past and as present,
 * the very same tensor, and is written in place. Memory is taken as slots and rows are used, and
 * kept. Used by the inference thread.
 */
final class SlotCache implements AutoCloseable {
  /** Rows that are added at a time: growing copies everything, and happens while somebody waits. */
  private static final int ROWS_STEP = 256;

  private final OrtEnvironment environment;
  private final Decoder.Shape shape;
  private final OnnxJavaType type;
  // [2 * layers]: keys of layer l at 2l, values at 2l + 1
  private final LayerRows[] layers;
  private final Map<Integer, Window> windows = new HashMap<>();
  private int slots;
  private int rows;

  /**
   * The tensors of a run of slots, by the names the graph has for them.
   *
   * @param past inputs
   * @param present outputs, the same tensors
   */
  record Window(Map<String, OnnxTensor> past, Map<String, OnnxTensor> present) {}

  /**
   * Takes no memory yet.
   *
   * @throws ProblemException INVALID if all slots of a layer will not be one buffer
   */
  SlotCache(OrtEnvironment environment, Decoder.Shape shape) {
    this.environment = environment;
    this.shape = shape;
    this.type = LayerRows.type(shape.precision());
    this.layers = new LayerRows[2 * shape.geometry().layers().size()];
    long bytes = layerBytes(shape.slots(), shape.context());
    if (bytes > Integer.MAX_VALUE) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "a layer's keys of %d slots with %d tokens take %d bytes, more than one buffer holds; lower engine.slots or engine.context"
              .formatted(shape.slots(), shape.context(), bytes));
    }
    for (int i = 0; i < layers.length; i++) {
      layers[i] = new LayerRows(shape.geometry(), type);
    }
  }

  private long layerBytes(int someSlots, int someRows) {
    return LayerRows.bytes(shape.geometry(), type, someSlots, someRows);
  }

  /**
   * Makes room in the slots before {@code endSlot} for rows before {@code endRow}.
   *
   * @throws ProblemException UNAVAILABLE if there is not enough memory; what is there stays
   */
  void reserve(int endSlot, int endRow) {
    if (endSlot <= slots && endRow <= rows) {
      return;
    }
    int moreSlots = Math.max(slots, endSlot);
    int steps = (Math.max(rows, endRow) + ROWS_STEP - 1) / ROWS_STEP;
    int moreRows = Math.min(shape.context(), steps * ROWS_STEP);
    closeWindows();
    try {
      for (LayerRows layer : layers) {
        layer.grow(moreSlots, moreRows);
      }
    } catch (OutOfMemoryError e) {
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE,
          "the cache of %d slots with %d tokens takes %d MB of direct memory, which is not there; lower engine.slots or engine.context, or unload another model"
              .formatted(
                  moreSlots, moreRows, (layerBytes(moreSlots, moreRows) * layers.length) >> 20),
          e);
    }
    slots = moreSlots;
    rows = moreRows;
  }

  /** The tensors of {@code count} slots from {@code first} on; valid until room is made. */
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
    Map<String, OnnxTensor> past = new LinkedHashMap<>();
    Map<String, OnnxTensor> present = new LinkedHashMap<>();
    for (int i = 0; i < layers.length; i++) {
      OnnxTensor tensor =
          OnnxTensor.createTensor(
              environment, layers[i].window(first, count), layers[i].dimensions(count), type);
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
    return layers[2 * layer].rows(slot);
  }

  /** The values of a slot. */
  CachedRows values(int layer, int slot) {
    return layers[2 * layer + 1].rows(slot);
  }

  /** Copies rows {@code [begin, end)} of one slot into another. */
  void copy(int from, int to, int begin, int end) {
    reserve(Math.max(from, to) + 1, end);
    for (LayerRows layer : layers) {
      layer.copy(from, to, begin, end);
    }
  }

  /** Exchanges the first rows of two slots. */
  void swap(int one, int other, int count) {
    reserve(Math.max(one, other) + 1, count);
    for (LayerRows layer : layers) {
      layer.swap(one, other, count);
    }
  }

  /** Copies of some rows of a slot, in the order of the layers. */
  List<byte[]> save(int slot, int begin, int end, AttentionPrecision precision) {
    return Arrays.stream(layers).map(layer -> layer.save(slot, begin, end, precision)).toList();
  }

  /** Puts such copies in their place. */
  void restore(int slot, PlacedRows placed) {
    List<byte[]> parts = placed.rows().parts();
    long bytes =
        (long) shape.geometry().kvHeads()
            * placed.rows().count()
            * shape.geometry().headSize()
            * placed.rows().precision().bytes();
    if (parts.size() != layers.length || parts.stream().anyMatch(part -> part.length != bytes)) {
      throw new IllegalArgumentException(
          "%d rows of this decoder are %d parts of %d bytes"
              .formatted(placed.rows().count(), layers.length, bytes));
    }
    reserve(slot + 1, placed.end());
    boolean changed = placed.turn() != 0 || placed.scale() != 1;
    for (int i = 0; i < layers.length; i++) {
      double base = shape.geometry().layers().get(i / 2).ropeBase();
      layers[i].restore(
          slot,
          placed,
          parts.get(i),
          changed && i % 2 == 0
              ? Rotation.by(shape.geometry().headSize(), base, placed.turn(), placed.scale())
              : null);
    }
  }

  @Override
  public void close() {
    closeWindows();
    for (LayerRows layer : layers) {
      layer.close();
    }
  }

  private void closeWindows() {
    windows.values().forEach(window -> window.past().values().forEach(OnnxTensor::close));
    windows.clear();
  }
}
