package io.kvasir.gguf;

import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands before the weights of a GGUF file: metadata and where each tensor lies. Nothing the
 * header says is believed: counts, lengths and offsets are held against the file's size first.
 *
 * @param metadata the named values
 * @param tensors by name, in the file's order
 */
record GgufHeader(GgufMetadata metadata, Map<String, GgufTensor> tensors) {
  private static final int MAGIC = 0x46554747; // "GGUF"
  private static final int DEFAULT_ALIGNMENT = 32;
  private static final int LARGEST_ALIGNMENT = 1 << 20;
  private static final int DIMENSIONS = 4;

  /** A tensor as described, before it is known where the weights begin. */
  private record Described(String name, TensorType type, int columns, long rows, long offset) {}

  static GgufHeader read(GgufInput input) throws IOException {
    if (input.i32() != MAGIC) {
      throw input.malformed("is not \"GGUF\"");
    }
    input.reading("version");
    int version = input.i32();
    if (version != 2 && version != 3) {
      throw input.malformed(
          "is %d; 2 and 3 can be read, in little-endian order"
              .formatted(Integer.toUnsignedLong(version)));
    }
    input.reading("tensor count");
    int tensors = (int) input.count(GgufLimits.TENSORS, "the number of tensors");
    input.reading("metadata count");
    int entries = (int) input.count(GgufLimits.ENTRIES, "the number of metadata entries");
    Map<String, Object> values = new LinkedHashMap<>();
    for (int entry = 0; entry < entries; entry++) {
      input.reading("the key of metadata entry " + entry);
      String key = input.string();
      input.reading("metadata " + key);
      if (values.put(key, GgufValues.read(input, input.i32())) != null) {
        throw input.malformed("is there twice");
      }
    }
    GgufMetadata metadata = new GgufMetadata(values);
    List<Described> described = new ArrayList<>();
    for (int tensor = 0; tensor < tensors; tensor++) {
      described.add(describe(input, tensor));
    }
    int alignment =
        metadata.has("general.alignment")
            ? metadata.whole("general.alignment", 1, LARGEST_ALIGNMENT)
            : DEFAULT_ALIGNMENT;
    long begin = (input.position() + alignment - 1) / alignment * alignment;
    return new GgufHeader(metadata, place(input, described, alignment, begin));
  }

  private static Described describe(GgufInput input, int index) throws IOException {
    input.reading("the name of tensor " + index);
    String name = input.string();
    input.reading("tensor " + name);
    int dimensions = input.i32();
    if (dimensions < 1 || dimensions > DIMENSIONS) {
      throw input.malformed("has %d dimensions".formatted(Integer.toUnsignedLong(dimensions)));
    }
    long columns = dimension(input);
    long rows = 1;
    try {
      for (int next = 1; next < dimensions; next++) {
        rows = Math.multiplyExact(rows, dimension(input));
      }
    } catch (ArithmeticException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID, "The dimensions of tensor " + name + " overflow.", e);
    }
    int code = input.i32();
    TensorType type = TensorType.of(code);
    if (type == null) {
      throw input.malformed(
          "is stored as type %d, which cannot be read".formatted(Integer.toUnsignedLong(code)));
    }
    if (columns % type.elements() != 0) {
      throw input.malformed(
          "has rows of %d, no multiple of the %d of %s".formatted(columns, type.elements(), type));
    }
    if (columns / type.elements() * type.bytes() > GgufLimits.ROW_BYTES) {
      throw input.malformed("has rows of %,d weights, too many".formatted(columns));
    }
    return new Described(name, type, (int) columns, rows, input.i64());
  }

  private static long dimension(GgufInput input) throws IOException {
    long value = input.count(Integer.MAX_VALUE, "a dimension");
    if (value == 0) {
      throw input.malformed("has a dimension of 0");
    }
    return value;
  }

  private static Map<String, GgufTensor> place(
      GgufInput input, List<Described> described, int alignment, long begin) {
    Map<String, GgufTensor> tensors = new LinkedHashMap<>();
    for (Described tensor : described) {
      input.reading("tensor " + tensor.name);
      long offset = tensor.offset;
      if (offset < 0 || offset % alignment != 0 || offset > input.size() - begin) {
        throw input.malformed(
            "claims to begin %s bytes into the weights".formatted(Long.toUnsignedString(offset)));
      }
      GgufTensor placed =
          new GgufTensor(tensor.name, tensor.type, tensor.columns, tensor.rows, begin + offset);
      // Compared by rows, because the product of a lying row count would overflow.
      long rowsThere = (input.size() - placed.offset()) / placed.rowBytes();
      if (tensor.rows > rowsThere) {
        throw input.malformed(
            "has %,d rows of %,d bytes, the file ends after %,d of them"
                .formatted(tensor.rows, placed.rowBytes(), rowsThere));
      }
      if (tensors.put(tensor.name, placed) != null) {
        throw input.malformed("is there twice");
      }
    }
    refuseOverlap(input, tensors);
    return tensors;
  }

  private static void refuseOverlap(GgufInput input, Map<String, GgufTensor> tensors) {
    List<GgufTensor> ordered = new ArrayList<>(tensors.values());
    ordered.sort(Comparator.comparingLong(GgufTensor::offset));
    for (int next = 1; next < ordered.size(); next++) {
      GgufTensor before = ordered.get(next - 1);
      if (before.offset() + before.bytes() > ordered.get(next).offset()) {
        input.reading("tensor " + ordered.get(next).name());
        throw input.malformed("overlaps with " + before.name());
      }
    }
  }
}
