package io.kvasir.gguf;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file beside a graph that holds its large tensors, written from front to back. */
final class ExternalData implements AutoCloseable {
  /** Where a tensor lies in the file, in bytes. */
  record Extent(long offset, long length) {}

  /** Writes the bytes of one tensor. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static final int ALIGNMENT = 64;
  private static final int BUFFER = 1 << 20;

  private final String name;
  private final Counted out;

  ExternalData(Path file) throws IOException {
    name = String.valueOf(file.getFileName());
    out = new Counted(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
  }

  /** The file's name, by which the graph refers to it. */
  String name() {
    return name;
  }

  /** Appends a tensor at the next aligned place. */
  Extent append(Content content) throws IOException {
    while (out.count % ALIGNMENT != 0) {
      out.write(0);
    }
    long offset = out.count;
    content.writeTo(out);
    return new Extent(offset, out.count - offset);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static final class Counted extends OutputStream {
    private final OutputStream target;
    private long count;

    Counted(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int value) throws IOException {
      target.write(value);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      target.write(bytes, offset, length);
      count += length;
    }

    @Override
    public void close() throws IOException {
      target.close();
    }
  }
}
