package io.kvasir.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes GGUF files for tests, right ones and, by changing what is put in, wrong ones. */
public final class GgufBytes {
  private static final int ALIGNMENT = 32;

  /** A tensor: its dimensions in the file's order, contiguous first. */
  private record Tensor(String name, int type, long[] dimensions, byte[] content) {}

  private final Map<String, byte[]> metadata = new LinkedHashMap<>();
  private final List<Tensor> tensors = new ArrayList<>();

  /** Puts a text. */
  public GgufBytes text(String key, String value) {
    return put(key, 8, string(value));
  }

  /** Puts an unsigned 32-bit number. */
  public GgufBytes whole(String key, int value) {
    return put(key, 4, little(4).putInt(value).array());
  }

  /** Puts a number of single precision. */
  public GgufBytes number(String key, float value) {
    return put(key, 6, little(4).putFloat(value).array());
  }

  /** Puts yes or no. */
  public GgufBytes flag(String key, boolean value) {
    return put(key, 7, new byte[] {(byte) (value ? 1 : 0)});
  }

  /** Puts texts. */
  public GgufBytes texts(String key, List<String> values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(little(12).putInt(8).putLong(values.size()).array());
    values.forEach(value -> out.writeBytes(string(value)));
    return put(key, 9, out.toByteArray());
  }

  /** Puts signed 32-bit numbers. */
  public GgufBytes wholes(String key, int... values) {
    byte[] content = new byte[12 + 4 * values.length];
    ByteBuffer bytes = wrap(content).putInt(5).putLong(values.length);
    for (int value : values) {
      bytes.putInt(value);
    }
    return put(key, 9, content);
  }

  /** Takes a value away. */
  public GgufBytes without(String key) {
    metadata.remove(key);
    return this;
  }

  /** Puts a value as it stands in a file: a type code and bytes. */
  public GgufBytes put(String key, int type, byte[] value) {
    metadata.put(key, little(4 + value.length).putInt(type).put(value).array());
    return this;
  }

  /** Adds a tensor of single precision. */
  public GgufBytes tensor(String name, float[] weights, long... dimensions) {
    byte[] content = new byte[weights.length * 4];
    wrap(content).asFloatBuffer().put(weights);
    return tensor(name, TensorType.F32.code(), content, dimensions);
  }

  /** Adds a tensor as it stands in a file. */
  public GgufBytes tensor(String name, int type, byte[] content, long... dimensions) {
    tensors.add(new Tensor(name, type, dimensions, content));
    return this;
  }

  /** Takes a tensor away. */
  public GgufBytes withoutTensor(String name) {
    tensors.removeIf(tensor -> tensor.name.equals(name));
    return this;
  }

  /** The whole file. */
  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        little(24)
            .putInt(0x46554747)
            .putInt(3)
            .putLong(tensors.size())
            .putLong(metadata.size())
            .array());
    metadata.forEach(
        (key, value) -> {
          out.writeBytes(string(key));
          out.writeBytes(value);
        });
    long offset = 0;
    for (Tensor tensor : tensors) {
      out.writeBytes(string(tensor.name));
      out.writeBytes(little(4).putInt(tensor.dimensions.length).array());
      for (long dimension : tensor.dimensions) {
        out.writeBytes(little(8).putLong(dimension).array());
      }
      out.writeBytes(little(12).putInt(tensor.type).putLong(offset).array());
      offset += aligned(tensor.content.length);
    }
    out.writeBytes(new byte[aligned(out.size()) - out.size()]);
    for (Tensor tensor : tensors) {
      out.writeBytes(tensor.content);
      out.writeBytes(new byte[aligned(tensor.content.length) - tensor.content.length]);
    }
    return out.toByteArray();
  }

  /** Writes the whole file. */
  public Path write(Path file) {
    try {
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int aligned(int size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private static byte[] string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return little(8 + bytes.length).putLong(bytes.length).put(bytes).array();
  }

  private static ByteBuffer little(int size) {
    return wrap(new byte[size]);
  }

  private static ByteBuffer wrap(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }
}
