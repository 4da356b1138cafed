package io.kvasir.gguf;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * An open GGUF file: its metadata, and its weights row by row as numbers.
 *
 * <p>Rows are read, not mapped: a mapped file that another process cuts short would take the whole
 * JVM down, and a row at a time needs no memory to speak of. For one thread.
 */
public final class GgufFile implements AutoCloseable {
  private final FileChannel channel;
  private final GgufHeader header;
  private ByteBuffer row = ByteBuffer.allocateDirect(1 << 12).order(ByteOrder.LITTLE_ENDIAN);

  GgufFile(FileChannel channel, GgufHeader header) {
    this.channel = channel;
    this.header = header;
  }

  /**
   * Opens a file and checks everything its header says.
   *
   * @throws ProblemException NOT_FOUND if there is no such file, INVALID if it is malformed, cut or
   *     of an unsupported kind; names the field or tensor
   * @throws IOException if it cannot be read
   */
  public static GgufFile open(Path path) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new ProblemException(Kind.NOT_FOUND, "There is no file " + path + ".", e);
    }
    try {
      return new GgufFile(channel, GgufHeader.read(new GgufInput(channel)));
    } catch (IOException | RuntimeException e) {
      try (channel) {
        throw e;
      }
    }
  }

  /** The named values. */
  public GgufMetadata metadata() {
    return header.metadata();
  }

  /** The tensors by name, in the file's order. */
  public Map<String, GgufTensor> tensors() {
    return header.tensors();
  }

  /** The tensor of that name, if there is one. */
  public Optional<GgufTensor> tensor(String name) {
    return Optional.ofNullable(header.tensors().get(name));
  }

  /**
   * Reads one row of weights.
   *
   * @param tensor of this file
   * @param index from 0 to {@code tensor.rows()}, exclusive
   * @param into gets {@code tensor.columns()} numbers from its beginning
   * @throws ProblemException INVALID if the file was cut meanwhile or a weight is not finite
   */
  public void row(GgufTensor tensor, long index, float[] into) throws IOException {
    int bytes = tensor.rowBytes();
    if (row.capacity() < bytes) {
      row = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    row.clear().limit(bytes);
    long begin = tensor.offset() + index * bytes;
    while (row.hasRemaining()) {
      if (channel.read(row, begin + row.position()) < 0) {
        throw problem(tensor, "ends early: the file was cut while it was read");
      }
    }
    Blocks.decode(tensor.type(), row, into, tensor.columns());
    for (int column = 0; column < tensor.columns(); column++) {
      if (!Float.isFinite(into[column])) {
        throw problem(tensor, "holds a weight that is not a finite number, in row " + index);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static ProblemException problem(GgufTensor tensor, String what) {
    return new ProblemException(
        Kind.INVALID, "Not a usable GGUF file: tensor %s %s.".formatted(tensor.name(), what));
  }
}
