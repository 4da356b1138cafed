package io.kvasir.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.kvasir.attend.CachedRows;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.ProblemException;
import io.kvasir.generate.Decoder;
import io.kvasir.generate.PlacedRows;
import io.kvasir.weights.GraphContract;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decoder in ONNX Runtime. All inputs and outputs lie in direct buffers that Java owns, so a pass
 * copies nothing but the logits and queries that somebody reads.
 */
final class OnnxDecoder implements Decoder {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Shape shape;
  private final int observedWidth;
  private final SlotCache cache;
  private final IntBuffer totalLength = ints(1);
  private final OnnxTensor totalLengthTensor;
  private final OnnxTensor oneRow;
  private final LongBuffer manyRows = longs(1);
  private final OnnxTensor manyRowsTensor;
  // Outputs of a step by the number of its rows; a read of one row of logits is a step of one.
  private final Map<Integer, Outputs> outputs = new HashMap<>();
  // Outputs of reads of several rows, most of which have the same number.
  private @Nullable Outputs reading;

  /** Owns the session from now on. */
  OnnxDecoder(OrtEnvironment environment, OrtSession session, Shape shape, GraphContract contract)
      throws OrtException {
    this.environment = environment;
    this.session = session;
    this.shape = shape;
    this.observedWidth = contract.manifest().heads().width();
    this.cache = new SlotCache(environment, shape);
    this.totalLengthTensor = OnnxTensor.createTensor(environment, totalLength, new long[0]);
    LongBuffer one = longs(1);
    one.put(0, 1);
    this.oneRow = OnnxTensor.createTensor(environment, one, new long[] {1});
    this.manyRowsTensor = OnnxTensor.createTensor(environment, manyRows, new long[] {1});
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Pass read(int slot, int position, int[] ids, int rows, int[] observed) {
    try (Inputs inputs = new Inputs(1, ids.length)) {
      int end = position + ids.length;
      cache.reserve(slot + 1, end);
      inputs.ids(ids);
      inputs.lengths.put(0, end - 1);
      totalLength.put(0, end);
      if (rows == 1) {
        return run(slot, inputs, outputs(1), oneRow, observed);
      }
      manyRows.put(0, rows);
      return run(slot, inputs, reading(rows), manyRowsTensor, observed);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  @Override
  public Pass step(int firstSlot, int[] positions, int[] ids, int[] observed) {
    try (Inputs inputs = new Inputs(ids.length, 1)) {
      inputs.ids(ids);
      int longest = 0;
      for (int row = 0; row < positions.length; row++) {
        inputs.lengths.put(row, positions[row]);
        longest = Math.max(longest, positions[row] + 1);
      }
      cache.reserve(firstSlot + ids.length, longest);
      totalLength.put(0, longest);
      return run(firstSlot, inputs, outputs(ids.length), oneRow, observed);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  private Pass run(int slot, Inputs inputs, Outputs target, OnnxTensor rows, int[] observed)
      throws OrtException {
    SlotCache.Window window = cache.window(slot, inputs.rows);
    Map<String, OnnxTensor> in = new LinkedHashMap<>(window.past());
    in.put(GraphContract.TOKENS, inputs.idTensor);
    in.put(GraphContract.LENGTHS, inputs.lengthTensor);
    in.put(GraphContract.TOTAL_LENGTH, totalLengthTensor);
    in.put(GraphContract.LOGIT_ROWS, rows);
    in.put(GraphContract.OBSERVED_ROWS, rows);
    Map<String, OnnxTensor> out = new LinkedHashMap<>(window.present());
    out.put(GraphContract.LOGITS, target.logitTensor);
    for (int layer : observed) {
      out.put(GraphContract.observed(layer), target.observed(layer));
    }
    session.run(in, out).close();
    return target;
  }

  private Outputs outputs(int rows) throws OrtException {
    Outputs known = outputs.get(rows);
    if (known == null) {
      known = new Outputs(rows, 1);
      outputs.put(rows, known);
    }
    return known;
  }

  private Outputs reading(int rows) throws OrtException {
    Outputs known = reading;
    if (known != null && known.logitRows == rows) {
      return known;
    }
    if (known != null) {
      // Forgotten first: if there is no memory for the next one, nobody may use this one again.
      reading = null;
      known.close();
    }
    Outputs made = new Outputs(1, rows);
    reading = made;
    return made;
  }

  @Override
  public void copy(int fromSlot, int toSlot, int begin, int end) {
    cache.copy(fromSlot, toSlot, begin, end);
  }

  @Override
  public void swap(int oneSlot, int otherSlot, int rows) {
    cache.swap(oneSlot, otherSlot, rows);
  }

  @Override
  public List<byte[]> save(int slot, int begin, int end, AttentionPrecision precision) {
    return cache.save(slot, begin, end, precision);
  }

  @Override
  public void restore(int slot, PlacedRows rows) {
    cache.restore(slot, rows);
  }

  @Override
  public CachedRows keys(int layer, int slot) {
    return cache.keys(layer, slot);
  }

  @Override
  public CachedRows values(int layer, int slot) {
    return cache.values(layer, slot);
  }

  @Override
  public void close() {
    outputs.values().forEach(Outputs::close);
    outputs.clear();
    Outputs last = reading;
    if (last != null) {
      last.close();
    }
    cache.close();
    totalLengthTensor.close();
    oneRow.close();
    manyRowsTensor.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  private static ProblemException failed(OrtException e) {
    return new ProblemException(
        ProblemException.Kind.UNAVAILABLE,
        "the decoder failed to compute; ask again, or unload and load it",
        String.valueOf(e.getMessage()),
        e);
  }

  private static ByteBuffer bytes(long size) {
    return ByteBuffer.allocateDirect(Math.toIntExact(size)).order(ByteOrder.nativeOrder());
  }

  private static LongBuffer longs(int count) {
    return bytes((long) count * Long.BYTES).asLongBuffer();
  }

  private static IntBuffer ints(int count) {
    return bytes((long) count * Integer.BYTES).asIntBuffer();
  }

  /** What a pass reads: int64[rows, length] and how long each row is. */
  private final class Inputs implements AutoCloseable {
    final int rows;
    final IntBuffer lengths;
    final OnnxTensor idTensor;
    final OnnxTensor lengthTensor;
    private final LongBuffer idBuffer;

    Inputs(int rows, int length) throws OrtException {
      this.rows = rows;
      this.idBuffer = longs(rows * length);
      this.lengths = ints(rows);
      this.idTensor = OnnxTensor.createTensor(environment, idBuffer, new long[] {rows, length});
      this.lengthTensor = OnnxTensor.createTensor(environment, lengths, new long[] {rows});
    }

    void ids(int[] ids) {
      for (int i = 0; i < ids.length; i++) {
        idBuffer.put(i, ids[i]);
      }
    }

    @Override
    public void close() {
      idTensor.close();
      lengthTensor.close();
    }
  }

  /** What a pass writes: float[rows, logitRows, vocabulary], and queries of as many rows. */
  private final class Outputs implements Pass {
    private final int rows;
    final int logitRows;
    private final FloatBuffer logits;
    private final OnnxTensor logitTensor;
    private final Map<Integer, FloatBuffer> queries = new HashMap<>();
    private final Map<Integer, OnnxTensor> queryTensors = new HashMap<>();

    Outputs(int rows, int logitRows) throws OrtException {
      this.rows = rows;
      this.logitRows = logitRows;
      long count = (long) rows * logitRows * shape.vocabulary();
      this.logits = bytes(count * Float.BYTES).asFloatBuffer();
      this.logitTensor =
          OnnxTensor.createTensor(
              environment, logits, new long[] {rows, logitRows, shape.vocabulary()});
    }

    OnnxTensor observed(int layer) throws OrtException {
      OnnxTensor known = queryTensors.get(layer);
      if (known == null) {
        long count = (long) rows * logitRows * observedWidth;
        FloatBuffer buffer = bytes(count * Float.BYTES).asFloatBuffer();
        known =
            OnnxTensor.createTensor(
                environment, buffer, new long[] {rows, logitRows, observedWidth});
        queries.put(layer, buffer);
        queryTensors.put(layer, known);
      }
      return known;
    }

    @Override
    public void logits(int row, float[] target) {
      logits.get(row * shape.vocabulary(), target, 0, shape.vocabulary());
    }

    @Override
    public void queries(int layer, int row, float[] target) {
      FloatBuffer buffer = queries.get(layer);
      if (buffer == null) {
        throw new IllegalArgumentException("layer " + layer + " was not observed");
      }
      buffer.get(row * observedWidth, target, 0, shape.queryWidth());
    }

    void close() {
      logitTensor.close();
      queryTensors.values().forEach(OnnxTensor::close);
    }
  }
}
